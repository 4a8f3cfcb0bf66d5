import type { Environment } from "@/lib/environment/environment";
import type { SignIn } from "@/scripts/start/fill-sandbox-shop";
import { seconds } from "@/scripts/start/progress";

/** Where to click and whom to sign in as. */
export function announce(environment: Environment, signIn: SignIn | null): void {
  const { siteUrl, sandbox } = environment;
  const lines = [
    `Zhanggui is ready, ${seconds()} s after it began.`,
    "",
    `  Shop      ${siteUrl}/`,
    `  Desk      ${siteUrl}/dashboard`,
    ...(signIn ? [`            sign in as ${signIn.email} with the password ${signIn.password}`] : []),
    ...(sandbox ? [`  Sandbox   ${sandbox.webUrl}/ (WeChat's stand-in: pay, refuse, break)`] : []),
    ...(signIn ? [] : ["", "  The first account: npm run staff -- add EMAIL --role owner"]),
    "",
    "  Ctrl-C stops everything.",
  ];
  process.stdout.write(`\n${lines.join("\n")}\n\n`);
}
