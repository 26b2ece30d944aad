/* A talk: a reveal.js deck with a slide for each beat, its captions and its controls. */

"use strict";

(() => {
  const told = JSON.parse(document.getElementById("talk").textContent);
  const isReceiver = new URLSearchParams(location.search).has("receiver");
  const AWAKE = 2500; // milliseconds for which controls are seen after the mouse was moved
  const deck = new Reveal({
    // reveal.js would round the scale of slides that have a size of their own.
    width: "100%",
    height: "100%",
    margin: 0,
    center: false,
    controls: false,
    progress: false,
    hash: true,
    transition: "none",
    navigationMode: "linear",
    // A slide that reveal.js takes out of the page would be seen without its picture at first.
    viewDistance: Infinity,
    mobileViewDistance: Infinity,
    // A narrow window is no reason to become a page that scrolls.
    scrollActivationWidth: 0,
    // Space and Enter belong to a control that has the focus.
    keyboardCondition: ({ keyCode }) =>
      !(document.activeElement?.closest("#controls") && [13, 32].includes(keyCode)),
    plugins: [RevealNotes, EpochreelClips],
  });
  let spoken = ""; // the language of the captions; none while they are off

  const slidesElement = () => deck.getSlidesElement();
  const control = (name) => document.querySelector(`#controls [data-does="${name}"]`);
  const say = (name, text) => {
    control(name).querySelector("span").textContent = text;
  };

  const fill = () => {
    for (const element of document.querySelectorAll("[data-held]")) {
      if (element.tagName === "IMG") element.src = urlOf(element.dataset.held, "image/png");
      else element.dataset.clip = urlOf(element.dataset.held, "video/mp4");
    }
  };

  // Where one clip starts the one before it ended: they share the picture.
  const urls = new Map();
  const urlOf = (id, type) => {
    if (!urls.has(id)) urls.set(id, heldUrl(id, type));
    return urls.get(id);
  };

  const showCaption = () => {
    const place = document.getElementById("caption");
    place.hidden = !spoken;
    if (!spoken) return;
    place.lang = spoken;
    place.textContent = told.captions[deck.getCurrentSlide().dataset.beat][spoken];
  };

  const nextCaptions = () => {
    const states = ["", ...Object.keys(told.languages)];
    spoken = states[(states.indexOf(spoken) + 1) % states.length];
    const state = spoken ? told.languages[spoken] : told.words.off;
    say("captions", `${told.words.captions}: ${state}`);
    showCaption();
  };

  const showState = () => {
    const video = deck.getCurrentSlide()?.querySelector(".clip video");
    const isPlaying = video && !video.paused && !video.ended;
    say("toggle", isPlaying ? told.words.pause : told.words.play);
  };

  const clips = () => deck.getPlugin("epochreel-clips");
  const actions = {
    toggle: () => clips().toggle(),
    replay: () => clips().replay(),
    captions: nextCaptions,
    overview: () => deck.toggleOverview(),
    speaker: () => deck.getPlugin("notes").open(),
    full_screen: () =>
      document.fullscreenElement
        ? document.exitFullscreen()
        : document.documentElement.requestFullscreen(),
  };

  /* Keys that reveal.js has no use for, or a lesser one; it knows the rest itself. */
  const keys = { toggle: "A", replay: "R", captions: "C" };

  /* In the speaker view a key is pressed on a copy of the talk: it is meant for the talk. */
  const press = (name) => {
    actions[name]();
    if (!isReceiver) return;
    const message = { method: "triggerKey", args: [keys[name].charCodeAt(0)] };
    parent.opener?.postMessage(JSON.stringify(message), "*");
  };

  const bindKeys = () => {
    for (const [name, key] of Object.entries(keys)) {
      const description = told.words[name] ?? `${told.words.play}, ${told.words.pause}`;
      deck.addKeyBinding({ keyCode: key.charCodeAt(0), key, description }, () => press(name));
    }
  };

  const bindControls = () => {
    for (const button of document.querySelectorAll("#controls button")) {
      button.addEventListener("click", (event) => {
        actions[button.dataset.does]();
        // A click with the mouse leaves the keys to the slides.
        if (event.detail > 0) button.blur();
      });
    }
    let asleep;
    const wake = () => {
      clearTimeout(asleep);
      document.body.classList.add("awake");
      asleep = setTimeout(() => document.body.classList.remove("awake"), AWAKE);
    };
    for (const event of ["pointermove", "pointerdown"]) document.addEventListener(event, wake);
  };

  const bindClicks = () => {
    deck.getRevealElement().addEventListener("click", (event) => {
      // The overview has taken the click, or something lies over the picture.
      if (event.defaultPrevented || event.target.closest("button, .r-overlay, .pause-overlay")) {
        return;
      }
      deck.next();
    });
  };

  /* Without it reveal.js comes back to where in a scene one was last, not to its first beat. */
  const forgetPlace = () => {
    for (const scene of slidesElement().querySelectorAll(".scene")) {
      delete scene.dataset.previousIndexv;
    }
  };

  const open = async () => {
    fill();
    document.body.classList.toggle("receives", isReceiver);
    await deck.initialize();
    bindKeys();
    bindControls();
    bindClicks();
    deck.on("slidechanged", () => {
      forgetPlace();
      showCaption();
      showState();
    });
    for (const event of ["play", "pause", "ended"]) {
      slidesElement().addEventListener(event, showState, true);
    }
    // The captions take room from the picture, so that they cover nothing of it.
    new ResizeObserver(() => deck.layout()).observe(deck.getRevealElement());
  };

  // The clips come behind this script.
  document.addEventListener("DOMContentLoaded", open);
})();
