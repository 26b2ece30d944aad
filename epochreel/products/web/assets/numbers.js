// Numbers as the film writes them. The rules are those of epochreel/numbers.py; tests hold the two
// together.

const MINUS = "\u2212";

const written = (text) =>
  (text === "-0" ? "0" : text.replace("e+", "e").replaceAll("-", MINUS));

const powerOfTen = (value, decimals) =>
  value.toExponential(decimals).replace(/e([+-])(\d)$/, "e$10$2");

// All its digits, of which the page holds those that tell a float32 apart.
function printed(value, tiny = 0) {
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < tiny)) return written(powerOfTen(value, 5));
  return written(value.toFixed(8).replace(/\.?0+$/, ""));
}

// A number of a column or a matrix: all of them have a power of ten or none has.
function inNotation(value, { decimals, powers }) {
  if (powers === "none") return printed(value);
  return value ? written(powerOfTen(value, decimals)) : "0";
}

// So many significant digits, without needless ones. Of two that are as near JavaScript takes the
// larger and Python the even one: 0.5 of the last digit either way.
function rounded(value, digits = 4) {
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  if (value !== 0 && (exponent < -4 || exponent >= digits)) {
    return written(powerOfTen(value, digits - 1).replace(mantissa, String(Number(mantissa))));
  }
  return written(String(Number(value.toPrecision(digits))));
}

// Texts of one column with their decimal points one below the other, in a font of equal widths.
function aligned(text, decimals) {
  const [, fraction = ""] = text.split(".");
  const missing = fraction ? decimals - fraction.length : decimals && decimals + 1;
  return text + "\u00a0".repeat(Math.max(0, missing));
}

// The longest whole part and the longest fraction of texts.
function roomFor(texts) {
  let whole = 1;
  let decimals = 0;
  for (const text of texts) {
    const [left, right = ""] = text.split(".");
    whole = Math.max(whole, left.length);
    decimals = Math.max(decimals, right.length);
  }
  return { decimals, characters: whole + (decimals ? decimals + 1 : 0) };
}
