import type { Environment } from "@/lib/environment/environment";
import { isLoopback } from "@/lib/environment/urls";

/** What is allowed but most likely not meant, one line each; never a value of a secret. */
export function environmentWarnings(
  environment: Environment,
  variables: Record<string, string | undefined>,
): string[] {
  return environment.sandbox ? ignoredInSandbox(variables) : unreachable(environment);
}

function unreachable({ siteUrl, wechat }: Environment): string[] {
  const warnings: string[] = [];
  if (isLoopback(new URL(siteUrl))) {
    warnings.push(
      "SITE_URL is this machine's loopback: WeChat cannot call it. Set it to the shop's public https address.",
    );
  }
  if (
    [wechat.payUrl, wechat.apiUrl, wechat.openUrl].some(
      (url) => url.startsWith("http:") && !isLoopback(new URL(url)),
    )
  ) {
    warnings.push("A WECHAT_*_URL begins with http://: what is sent there can be read on the way.");
  }
  return warnings;
}

const chosenInSandbox = new Set(["WECHAT_SIGN_TYPE", "WECHAT_DELIVERY_REPORT"]);

function ignoredInSandbox(variables: Record<string, string | undefined>): string[] {
  const ignored = Object.keys(variables).filter(
    (name) => name.startsWith("WECHAT_") && variables[name] && !chosenInSandbox.has(name),
  );
  if (ignored.length === 0) return [];
  return [`WECHAT_MCH_ID is not set, so this is sandbox mode and these are ignored: ${ignored.join(", ")}.`];
}
