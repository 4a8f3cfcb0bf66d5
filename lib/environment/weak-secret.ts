/** Keys that WeChat's own pages print as samples. Whoever copied one shares it with the world. */
const publishedSamples = new Set([
  "192006250b4c09247ec02edce69f6a2d",
  "8934e7d15453e97507ef794cf7b0519d",
  "7813490da6f1265e4901ffb80afaa36f",
]);

const placeholderWords =
  /^(change|change[dm]|me|my|your|the|this|here|please|replace|insert|enter|default|secret|password|passwd|demo|example|sample|sandbox|placeholder|dummy|todo|key|auth|api|app|data|wechat|value|string|random|long|admin|test|foo|bar|x+)+$/;

/** Why nobody should trust this secret, or null. A random one never fails. */
export function whyWeak(secret: string, minimumLength: number): string | null {
  if (publishedSamples.has(secret.toLowerCase())) return "is a sample that WeChat's documentation prints";
  return whyUnfit(secret, minimumLength) ?? whyPredictable(secret);
}

/** What no stand-in for WeChat needs either: nothing there is worth guessing, but these are mistakes. */
export function whyUnfit(secret: string, minimumLength: number): string | null {
  if (/^sandbox/i.test(secret)) return "was made for the sandbox";
  if (isPlaceholder(secret)) return "is a placeholder";
  return secret.length < minimumLength ? `is too short: at least ${minimumLength} characters` : null;
}

function whyPredictable(secret: string): string | null {
  if (new Set(secret).size < Math.min(6, secret.length / 3) || repeats(secret))
    return "repeats itself: make a random one";
  if (counts(secret)) return "merely counts up: make a random one";
  return null;
}

/** Nothing but the words that people write where a secret belongs, with perhaps a few digits: changeme, secret123. */
export function isPlaceholder(secret: string): boolean {
  const letters = secret.toLowerCase().replace(/[^a-z]/g, "");
  return /^[^0-9]*[0-9]{0,4}[^0-9]*$/.test(secret) && placeholderWords.test(letters);
}

/** The same few characters over and over. */
function repeats(secret: string): boolean {
  for (let length = 1; length <= Math.min(12, secret.length / 2); length += 1) {
    const piece = secret.slice(0, length);
    if (piece.repeat(Math.ceil(secret.length / length)).startsWith(secret)) return true;
  }
  return false;
}

/** 0123456789abcdef and its like: most characters are the one before plus one. */
function counts(secret: string): boolean {
  const codes = [...secret].map((character) => character.charCodeAt(0));
  const steps = codes.slice(1).filter((code, index) => code - (codes[index] ?? 0) === 1);
  return steps.length > codes.length * 0.6;
}
