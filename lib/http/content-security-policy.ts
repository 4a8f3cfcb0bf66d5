/**
 * What a page may load: scripts with this answer's nonce, styles from our own files, nothing from third parties.
 * In sandbox mode its origin is added: the bridge, the cashier in a frame, the calls between them.
 */
export function contentSecurityPolicy(of: {
  nonce: string;
  sandboxOrigin: string | null;
  development: boolean;
}): string {
  const sandbox = of.sandboxOrigin ? [of.sandboxOrigin] : [];
  // React rebuilds server errors with eval, and the error overlay brings its own styles: in development only.
  const developmentScript = of.development ? ["'unsafe-eval'"] : [];
  const developmentStyle = of.development ? ["'unsafe-inline'"] : [];
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    "script-src": ["'self'", `'nonce-${of.nonce}'`, "'strict-dynamic'", ...sandbox, ...developmentScript],
    "style-src": ["'self'", "'unsafe-inline'"], // For browsers that do not know the two below.
    "style-src-elem": ["'self'", ...developmentStyle],
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:", ...sandbox],
    "connect-src": ["'self'", ...sandbox],
    "frame-src": sandbox.length ? sandbox : ["'none'"],
    "form-action": ["'self'", ...sandbox],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}
