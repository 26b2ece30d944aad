/* Files that a page holds as base64: Safari plays a video from a Blob, not from a data: address. */

"use strict";

/** The address of the file in the element with this id, and no more of the element. */
const heldUrl = (id, type) => {
  const element = document.getElementById(id);
  const text = atob(element.textContent);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  element.remove();
  return URL.createObjectURL(new Blob([bytes], { type }));
};
