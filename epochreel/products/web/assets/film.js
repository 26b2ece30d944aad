// The film with its captions as tracks and as text, by chapter; each goes to its place in the film.

const clock = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function makeFilm(data, section, list) {
  const { film } = data;
  if (!film) return { draw() {} };
  section.hidden = false;
  const video = section.querySelector("video");
  const markup = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  const tracks = Object.entries(film.captions).map(([language, captions]) => {
    const track = video.addTextTrack("captions", data.languages[language], language);
    captions.forEach((text, at) => track.addCue(new VTTCue(
      film.starts[at], film.ends[at], text.replace(/[&<>]/g, (found) => markup[found]))));
    track.mode = language === data.language ? "showing" : "disabled";
    return { language, track };
  });

  function goTo(seconds) {
    video.currentTime = seconds;
    video.play();
  }

  const button = (seconds, ...children) => {
    const made = html("button", { type: "button" }, ...children);
    made.addEventListener("click", () => goTo(seconds));
    return made;
  };
  const captions = film.starts.map((start) => {
    const text = html("span");
    return { text, line: html("li", {}, button(start, html("time", {}, clock(start)), text)) };
  });
  const chapters = film.chapters.map(({ from, to }) => {
    const title = button(film.starts[from]);
    const lines = captions.slice(from, to).map((caption) => caption.line);
    list.append(html("li", {}, html("h3", {}, title), html("ol", { role: "list" }, ...lines)));
    return title;
  });

  let current = null;
  video.addEventListener("timeupdate", () => {
    const at = film.ends.findIndex((end) => video.currentTime < end);
    const line = captions.at(at).line;
    if (line === current) return;
    current?.removeAttribute("aria-current");
    line.setAttribute("aria-current", "true");
    current = line;
    // The list goes along, and the page around it stays.
    list.scrollTop = line.offsetTop - (list.clientHeight - line.offsetHeight) / 2;
  });
  reachedByArrows([...list.querySelectorAll("button")], 1);
  // What was held back until the page stood: the picture that waits, and the film itself.
  document.addEventListener("DOMContentLoaded", () => {
    video.poster = heldUrl("poster", "image/png");
    video.src = heldUrl("film-file", "video/mp4");
  });

  let spoken = data.language;
  function draw(state) {
    captions.forEach(({ text }, at) => say(text, film.captions[state.language][at]));
    chapters.forEach((title, at) => say(title, film.chapters[at].titles[state.language]));
    if (state.language === spoken) return;
    // Who has switched captions off keeps them off.
    const on = tracks.some(({ track }) => track.mode === "showing");
    for (const { language, track } of tracks) {
      track.mode = on && language === state.language ? "showing" : "disabled";
    }
    spoken = state.language;
  }

  return { draw };
}
