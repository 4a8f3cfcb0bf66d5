import { readIdempotencyKey } from "@/lib/http/idempotency-key";
import { json, jsonRoute } from "@/lib/http/json-route";
import { readJson } from "@/lib/http/read-body";
import {
  findBuyerOrStranger,
  memberCookieHeader,
  renewCookie,
  requireBuyer,
} from "@/lib/members/buyer-of-request";
import { createOrder } from "@/lib/orders/create-order";
import { findOrderById } from "@/lib/orders/find-order";
import { limitOrdersByAddress } from "@/lib/orders/limit-orders";
import { listOwnOrders } from "@/lib/orders/list-own-orders";
import { parseOrderRequest } from "@/lib/orders/order-request";
import { readOwnOrderWish } from "@/lib/orders/own-order-wish";
import { shop } from "@/lib/shop";

export const GET = jsonRoute(async (request) => {
  const { memberId } = await requireBuyer(shop(), request);
  const wish = readOwnOrderWish(new URL(request.url).searchParams);
  const { items, nextBefore } = await listOwnOrders(shop(), { memberId, ...wish });
  return json({ items, nextCursor: nextBefore });
});

export const POST = jsonRoute(async (request) => {
  await limitOrdersByAddress(shop(), request.headers);
  const buyer = await findBuyerOrStranger(shop(), request);
  const order = parseOrderRequest(await readJson(request));
  const created = await createOrder(shop(), {
    buyer,
    request: order,
    idempotencyKey: readIdempotencyKey(request),
  });
  const headers = new Headers();
  const token = created.guestToken ?? (await renewCookie(shop(), request));
  if (token) headers.set("set-cookie", memberCookieHeader(shop(), token));
  return json(await findOrderById(shop(), created), { status: 201, headers });
});
