import { expect, test } from "vitest";
import { contentSecurityPolicy } from "@/lib/http/content-security-policy";

const of = { nonce: "bm9uY2U", sandboxOrigin: null, development: false };
const directive = (policy: string, name: string) =>
  policy.split("; ").find((one) => one.startsWith(`${name} `));

test("a real shop's page reaches nobody but itself, and runs only scripts of this answer", () => {
  const policy = contentSecurityPolicy(of);

  expect(policy).not.toMatch(/https?:/);
  expect(policy).not.toContain("unsafe-eval");
  expect(directive(policy, "script-src")).toBe("script-src 'self' 'nonce-bm9uY2U' 'strict-dynamic'");
  expect(directive(policy, "style-src-elem")).toBe("style-src-elem 'self'");
  expect(directive(policy, "frame-src")).toBe("frame-src 'none'");
  expect(directive(policy, "frame-ancestors")).toBe("frame-ancestors 'none'");
});

test("in sandbox mode its origin is let in where the bridge and the cashier need it", () => {
  const policy = contentSecurityPolicy({ ...of, sandboxOrigin: "http://127.0.0.1:4000" });

  for (const name of ["script-src", "connect-src", "frame-src", "form-action"])
    expect(directive(policy, name)).toContain("http://127.0.0.1:4000");
  expect(directive(policy, "default-src")).toBe("default-src 'self'");
});
