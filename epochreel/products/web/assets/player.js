// Plays through the recorded epochs: early ones longer, as they differ most. The film goes so too.

function makePlayer(data, onPlace, onChange) {
  const last = data.epochs.length - 1;
  let frame = null;

  function stop() {
    cancelAnimationFrame(frame);
    frame = null;
    onChange();
  }

  function play(from) {
    const start = from < last ? from : 0;
    const span = last - start;
    const seconds = Math.min(10, 2 + 3 * Math.log10(Math.max(1, span)));
    const begun = performance.now();
    const step = () => {
      const progress = Math.min(1, (performance.now() - begun) / 1000 / seconds);
      onPlace(start + Math.min(span, Math.round((span + 1) ** progress - 1)));
      if (progress < 1) frame = requestAnimationFrame(step);
      else stop();
    };
    frame = requestAnimationFrame(step);
    onChange();
  }

  return {
    playing: () => frame !== null,
    stop: () => { if (frame !== null) stop(); },
    toggle: (from) => (frame === null ? play(from) : stop()),
  };
}
