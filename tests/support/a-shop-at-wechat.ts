import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { POST as notifyRefund } from "@/app/api/notify/refund/route";
import { POST as notify } from "@/app/api/notify/route";
import { signInByCode } from "@/lib/members/sign-in-by-code";
import { createMerchant } from "@/lib/wechat/merchant";
import { aCaller } from "./a-caller";
import { aShop } from "./a-shop";
import { startSandbox } from "./sandbox";

/**
 * A shop whose WeChat is the sandbox, over real HTTPS; what the sandbox notifies reaches the route function through
 * a plain HTTP server. Both clocks are turned together.
 */
export async function aShopAtWechat(options: { poolSize?: number } = {}) {
  const sandbox = await startSandbox();
  const {
    miniAppId,
    miniAppSecret,
    webUrl: _,
    pushToken: __,
    encodingAesKey: ___,
    ...wechat
  } = sandbox.merchant;
  const it = await aShop({
    ...options,
    wechat: { ...wechat, mini: { appId: miniAppId, appSecret: miniAppSecret } },
  });
  const receiver = await serveNotify();
  it.shop.environment.siteUrl = receiver.url;

  /** What was sent to WeChat, byte for byte. */
  const sent: { path: string; body: string }[] = [];
  const patience = (readTimeoutMs?: number) => {
    const merchant = createMerchant({ ...it.shop.environment.wechat, readTimeoutMs });
    const { send } = merchant.transport;
    merchant.transport.send = (request) => {
      sent.push({ path: new URL(request.url).pathname, body: request.body ?? "" });
      return send(request);
    };
    it.shop.merchant = merchant;
  };
  patience();

  return {
    ...it,
    sandbox,
    sent,
    /** How long the shop waits for WeChat. */
    patience,
    advance: async (ms: number) => {
      it.clock.now = new Date(it.clock.now.getTime() + ms);
      await sandbox.clock({ advanceMs: ms });
    },
    /** A guest with an unpaid order of virtual goods. */
    anOrder: async (of: { priceFen?: number; onHand?: number; quantity?: number; sku?: string } = {}) => {
      const sku = of.sku ?? (await it.aProduct({ priceFen: of.priceFen, onHand: of.onHand })).sku;
      const address = `198.51.${++buyers >> 8}.${buyers & 255}`; // Each their own: addresses have a rate limit.
      const buyer = aCaller({ address });
      const { body } = await buyer.order({ items: [{ sku, quantity: of.quantity ?? 1 }] });
      const orderNo = String(body.orderNo);
      const [row] = await it.sql`SELECT id, member_id FROM orders WHERE order_no = ${orderNo}`;
      const orderId = Number(row?.id);
      return {
        buyer,
        address,
        orderNo,
        orderId,
        sku,
        memberId: Number(row?.member_id),
        totalFen: Number(body.totalFen),
        /** The numbers of its payments, oldest first. */
        numbers: async () =>
          (await it.sql`SELECT out_trade_no FROM payments WHERE order_id = ${orderId} ORDER BY id`).map(
            (one) => String(one.out_trade_no),
          ),
      };
    },
    /** Signs a caller in as WeChat's redirect would. */
    signIn: async (caller: ReturnType<typeof aCaller>, of: { guestId: number | null; buyer?: string }) => {
      const { code, openid } = await sandbox.code({ buyer: of.buyer ?? "lin" });
      const signedIn = await signInByCode(it.shop, { code, guestId: of.guestId });
      if (typeof signedIn !== "object" || !signedIn) throw new Error(`not signed in: ${signedIn}`);
      caller.setCookie(`zg_member=${signedIn.token}`);
      return openid;
    },
    close: async () => {
      await receiver.close();
      await it.shop.merchant.transport.close();
      await sandbox.stop();
      await it.close();
    },
  };
}

let buyers = 0;

async function serveNotify() {
  const server = createServer(async (request, response) => {
    const body = await read(request);
    const receive = request.url === "/api/notify/refund" ? notifyRefund : notify;
    const answer = await receive(
      new Request(`http://shop.test${request.url}`, { method: "POST", body: new Uint8Array(body) }),
    );
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
