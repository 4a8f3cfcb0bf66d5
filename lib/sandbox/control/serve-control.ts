import type { IncomingMessage } from "node:http";
import { type Answer, json } from "@/lib/sandbox/answer";
import { controlCalls } from "@/lib/sandbox/control/control-calls";
import { ControlError } from "@/lib/sandbox/control/control-error";
import { controlHeader } from "@/lib/sandbox/control/control-header";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/** `POST /control/<name>` with a JSON body; every call is in control-calls.ts. */
export async function serveControl(
  sandbox: Sandbox,
  input: { request: IncomingMessage; name: string; body: Buffer },
): Promise<Answer> {
  try {
    if (!input.request.headers[controlHeader]) {
      throw new ControlError(403, `the control API wants the header ${controlHeader}`);
    }
    const call = Object.hasOwn(controlCalls, input.name) ? controlCalls[input.name] : undefined;
    if (!call) {
      const known = Object.keys(controlCalls).join(", ");
      throw new ControlError(404, `there is no ${input.name}; there are: ${known}`);
    }
    if (input.request.method !== "POST") throw new ControlError(405, "the control API is called with POST");
    return json(await call(sandbox, readJson(input.body)));
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    return json({ error: error.message, code: error.code }, error.status);
  }
}

function readJson(body: Buffer): unknown {
  if (body.byteLength === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new ControlError(400, "the body is not JSON", "malformed");
  }
}
