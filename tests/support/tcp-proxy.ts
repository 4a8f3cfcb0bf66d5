import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { messageCutter, statementReader } from "./postgres-messages";

/**
 * A point at which a connection to PostgreSQL stands still, for a process to be killed there. The statement is
 * told by its text; `after` wants another one to have passed on the same connection first.
 */
export type Stall = { reached: Promise<void>; letGo: () => void };

type Rule = {
  /** `statement`: it never reaches the server. `answer`: it is done and committed there, and nobody is told. */
  holds: "statement" | "answer";
  match: RegExp;
  after?: RegExp;
  reach: () => void;
  taken: boolean;
  letGo: () => void;
};

/** Stands between a process of the product's and its database, which it is no part of. */
export async function startProxy(databaseUrl: string) {
  const database = new URL(databaseUrl);
  const rules: Rule[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(database.port), database.hostname);
    for (const [socket, peer] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {}); // A killed process resets its connections.
      socket.once("close", () => {
        sockets.delete(socket);
        peer.destroy(); // What was held is never delivered.
      });
    }
    relay({ client, upstream, rules });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const stall = (holds: Rule["holds"], match: RegExp, options: { after?: RegExp } = {}): Stall => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const rule: Rule = { holds, match, ...options, reach: resolve, taken: false, letGo: () => {} };
    rules.push(rule);
    return { reached: promise, letGo: () => rule.letGo() };
  };

  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    /** Holds the next such statement back: the server never sees it. */
    stallStatement: (match: RegExp, options?: { after?: RegExp }) => stall("statement", match, options),
    /** Lets the next such statement through and holds its answer back once the server is ready for another. */
    stallAnswer: (match: RegExp, options?: { after?: RegExp }) => stall("answer", match, options),
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

export type DatabaseProxy = Awaited<ReturnType<typeof startProxy>>;

function relay({ client, upstream, rules }: { client: Socket; upstream: Socket; rules: Rule[] }): void {
  const fromClient = messageCutter({ untypedFirst: true });
  const fromServer = messageCutter({ untypedFirst: false });
  const readStatement = statementReader();
  const passed = new Set<Rule>();
  const held: Buffer[] = [];
  let holding: Rule | null = null;
  let asked = 0; // How often the client has asked the server to say that it is ready …
  let ready = -1; // … and how often it has; the first time is the greeting.
  let answerDue = Number.POSITIVE_INFINITY;

  const hold = (rule: Rule, to: Socket) => {
    holding = rule;
    rule.letGo = () => {
      holding = null;
      to.write(Buffer.concat(held.splice(0)));
    };
  };

  client.on("data", (chunk: Buffer) => {
    for (const message of fromClient(chunk)) {
      const statement = readStatement(message);
      const rule: Rule | null =
        holding || statement === null ? null : takeRule(rules, passed, statement, message.type);
      if (rule?.holds === "statement") {
        hold(rule, upstream);
        rule.reach();
      }
      if (rule?.holds === "answer") {
        hold(rule, client);
        answerDue = asked + 1;
      }
      if (message.type === "S" || message.type === "Q") asked++;
      if (holding?.holds === "statement") held.push(message.bytes);
      else upstream.write(message.bytes);
    }
  });

  upstream.on("data", (chunk: Buffer) => {
    for (const message of fromServer(chunk)) {
      if (message.type === "Z") ready++;
      if (holding?.holds !== "answer") {
        client.write(message.bytes);
        continue;
      }
      held.push(message.bytes);
      if (ready >= answerDue) holding.reach();
    }
  });
}

/** The rule that this statement meets, taken by it; and note of the statements that other rules wait for. */
function takeRule(rules: Rule[], passed: Set<Rule>, statement: string, type: string): Rule | null {
  const met = rules.find(
    (rule) =>
      !rule.taken &&
      rule.match.test(statement) &&
      (!rule.after || passed.has(rule)) &&
      (rule.holds === "statement" || type !== "P"), // Only parsed, it has not been run.
  );
  for (const rule of rules) if (!rule.taken && rule.after?.test(statement)) passed.add(rule);
  if (met) met.taken = true;
  return met ?? null;
}
