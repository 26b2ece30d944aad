/* A plugin for reveal.js that plays the clip of each slide.

   Arriving from an earlier slide plays the clip, which then stands on its last frame; arriving any
   other way shows that frame. A picture of the frame lies where the video has none yet, so that
   nothing flashes. Where a slide has a fragment of class `starts`, that step plays its clip.
   Slides without a clip are left alone. */

"use strict";

const EpochreelClips = () => {
  let deck;
  let stopped; // the clip that the overview or the black screen interrupted
  let left; // the slide from which the overview was opened

  const clipOf = (slide) => slide?.querySelector(".clip");
  const videoOf = (clip) => clip.querySelector("video");
  const isPlaying = (video) => !video.paused && !video.ended;
  const isLater = (slide, other) =>
    Boolean(other.compareDocumentPosition(slide) & Node.DOCUMENT_POSITION_FOLLOWING);
  // In the speaker view's small picture of the slide to come.
  const isPreview = () => deck.isSpeakerNotes() && !deck.getConfig().postMessageEvents;

  const load = (video) => {
    if (!video.hasAttribute("src")) video.src = video.dataset.clip;
  };

  /* Browsers hold few decoders: what is far away gives up its own. */
  const unload = (video) => {
    if (!video.hasAttribute("src")) return;
    video.removeAttribute("src");
    video.load();
  };

  const loadNeighbours = (slide) => {
    const slides = deck.getSlides();
    const here = slides.indexOf(slide);
    slides.forEach((other, at) => {
      const clip = clipOf(other);
      if (clip) (Math.abs(at - here) <= 1 ? load : unload)(videoOf(clip));
    });
  };

  const start = (video) =>
    video.play().catch((error) => {
      // Nobody has touched the page, and the clip has sound.
      if (error.name !== "NotAllowedError" || video.muted) return;
      video.muted = true;
      start(video);
    });

  const play = (clip) => {
    const video = videoOf(clip);
    load(video);
    const isAtStart = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA &&
      video.currentTime === 0 && !video.seeking;
    clip.dataset.shows = isAtStart ? "video" : "first";
    if (!isAtStart) video.currentTime = 0;
    video.muted = deck.isSpeakerNotes();
    start(video);
  };

  const stand = (clip) => {
    videoOf(clip).pause();
    clip.dataset.shows = "last";
  };

  const arrive = ({ previousSlide, currentSlide }) => {
    const clip = clipOf(currentSlide);
    const isStep = previousSlide && isLater(currentSlide, previousSlide);
    if (clip) (isStep && !deck.isOverview() && !isPreview() ? play : stand)(clip);
    loadNeighbours(currentSlide);
  };

  const step = ({ fragment }) => {
    const isStart = fragment.classList.contains("starts") && !isPreview();
    if (isStart) play(clipOf(fragment.closest("section")));
  };

  const replay = () => {
    const slide = deck.getCurrentSlide();
    // Where a step would play it, the step is taken.
    if (slide.querySelector(".starts:not(.visible)")) deck.nextFragment();
    else if (clipOf(slide)) play(clipOf(slide));
  };

  /* Pause, go on from there, or where the clip is over play it again. */
  const toggle = () => {
    const clip = clipOf(deck.getCurrentSlide());
    if (!clip) return;
    const video = videoOf(clip);
    if (isPlaying(video)) video.pause();
    else if (clip.dataset.shows === "last" || video.ended) replay();
    else start(video);
  };

  const interrupt = () => {
    const clip = clipOf(deck.getCurrentSlide());
    stopped = clip && isPlaying(videoOf(clip)) ? videoOf(clip) : undefined;
    stopped?.pause();
  };

  const goOn = () => {
    if (stopped) start(stopped);
    stopped = undefined;
  };

  const openOverview = () => {
    left = deck.getCurrentSlide();
    interrupt();
  };

  const closeOverview = () => {
    const slide = deck.getCurrentSlide();
    if (slide === left) goOn();
    else arrive({ previousSlide: left, currentSlide: slide });
  };

  const watch = (clip) => {
    const video = videoOf(clip);
    video.addEventListener("playing", () => {
      if (clip.dataset.shows === "first") clip.dataset.shows = "video";
    });
    video.addEventListener("error", () => {
      if (video.hasAttribute("src")) stand(clip);
    });
  };

  return {
    id: "epochreel-clips",
    replay,
    toggle,
    init: (revealed) => {
      deck = revealed;
      deck.getSlidesElement().querySelectorAll(".clip").forEach(watch);
      deck.on("ready", arrive);
      deck.on("slidechanged", arrive);
      deck.on("fragmentshown", step);
      deck.on("overviewshown", openOverview);
      deck.on("overviewhidden", closeOverview);
      deck.on("paused", interrupt);
      deck.on("resumed", goOn);
    },
  };
};
