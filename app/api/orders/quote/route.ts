import { json, jsonRoute } from "@/lib/http/json-route";
import { readJson } from "@/lib/http/read-body";
import { limitQuotes } from "@/lib/orders/limit-quotes";
import { quoteItems } from "@/lib/orders/quote-items";
import { parseQuoteRequest } from "@/lib/orders/quote-request";
import { shop } from "@/lib/shop";

/** What an order would cost, freight included, asked before there is one: by anybody, and nothing is kept of it. */
export const POST = jsonRoute(async (request) => {
  await limitQuotes(shop(), request.headers);
  return json(await quoteItems(shop(), parseQuoteRequest(await readJson(request))));
});
