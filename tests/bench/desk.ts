import { freePort } from "@/lib/db/embedded/free-port";
import { parseEnvironment } from "@/lib/environment/environment";
import { actionsKey } from "@/lib/environment/secrets";
import { openShop, type Shop } from "@/lib/shop";
import { addStaff } from "@/lib/staff/add-staff";
import { signInOverHttp } from "@/tests/support/at-the-desk";
import { startScript } from "@/tests/support/child";
import { benchVariables } from "./shop";

/** The app as it is built, on one database, with its owner signed in; and the same shop in this process, for its verbs. */
export type Desk = { shop: Shop; url: string; cookie: string; stop: () => Promise<void> };

const password = "correct horse battery";

export async function startDesk(databaseUrl: string, of: { name: string; poolSize?: number }): Promise<Desk> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env: Record<string, string> = {
    ...benchVariables(databaseUrl),
    PORT: String(port),
    SITE_URL: url,
    NEXTAUTH_URL: url,
  };
  const shop = openShop(parseEnvironment({ variables: env, dataDir: "." }), {
    name: `bench-${of.name}`,
    poolSize: of.poolSize,
  });
  const app = await startScript({
    name: of.name,
    script: "scripts/serve.ts",
    tell: "listen",
    env: { ...env, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionsKey(env.AUTH_SECRET ?? "") },
  });
  const stop = async () => {
    await app.stop();
    await shop.close();
  };
  try {
    return { shop, url, cookie: await signIn(shop, url), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function signIn(shop: Shop, url: string): Promise<string> {
  const email = "owner@bench.example";
  await addStaff(shop, { email, role: "owner" }, password);
  const cookie = await signInOverHttp(url, { email, password });
  if (!cookie) throw new Error("the bench could not sign in");
  return cookie;
}

/** The whole answer, to its last byte. */
export async function readPage({ url, cookie }: Desk, path: string): Promise<string> {
  const response = await fetch(url + path, { headers: { cookie }, redirect: "manual" });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
  return text;
}
