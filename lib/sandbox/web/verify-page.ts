import { z } from "zod";
import { liveTickets } from "@/lib/sandbox/open-api/tickets";
import type { BridgeCall } from "@/lib/sandbox/web/answer-bridge";
import { signJsSdk } from "@/lib/wechat/js-sdk";

const PageRequest = z.object({
  url: z.url().max(4000),
  appId: z.string().max(32),
  verifyAppId: z.string().max(32),
  verifySignType: z.literal("sha1"),
  verifyTimestamp: z.string().regex(/^[0-9]{10}$/),
  verifyNonceStr: z.string().min(1).max(32),
  verifySignature: z.string().max(64),
});

/**
 * POST /bridge/verify: what WeChat does with the parameters of preVerifyJSAPI. `url` is the page's as WeChat sees it.
 * Answers nothing, or WeChat's words for what is wrong (JS-SDK 附录5). Which domains a real account registered for this
 * the sandbox cannot know: the page that asks must be the page that is signed.
 */
export const verifyPage: BridgeCall = (sandbox, { given, origin }) => {
  const reading = PageRequest.safeParse(given);
  if (!reading.success) return { refusal: "invalid signature" };
  const page = reading.data;
  const { appId } = sandbox.identity;
  if (page.appId !== appId || page.verifyAppId !== appId) return { refusal: "invalid appid" };
  if (new URL(page.url).origin !== origin) return { refusal: "invalid url domain" };
  const signed = { nonceStr: page.verifyNonceStr, timestamp: page.verifyTimestamp, url: page.url };
  const isRight = liveTickets(sandbox, appId).some(
    (ticket) => signJsSdk({ ticket, ...signed }) === page.verifySignature,
  );
  return isRight ? {} : { refusal: "invalid signature" };
};
