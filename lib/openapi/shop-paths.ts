import { ownOrderShows } from "@/lib/orders/own-order-shows";
import { answers, body } from "./answers";

const orderNo = { name: "orderNo", in: "path", required: true, schema: { type: "string" } };

/** What is sold, ordering it and paying for it. */
export const shopPaths = {
  "/api/products": {
    get: {
      operationId: "listProducts",
      summary: "What is on sale, newest first: all of it, a category's, or what a search finds",
      parameters: [
        {
          name: "q",
          in: "query",
          schema: { type: "string" },
          description:
            "Words that a title, a variant or the category holds, each of them; the first 60 signs count.",
        },
        {
          name: "category",
          in: "query",
          schema: { type: "string" },
          description: "A slug of GET /api/categories; 404 when there is none such.",
        },
        {
          name: "cursor",
          in: "query",
          schema: { type: "string" },
          description: "The nextCursor of the page before.",
        },
      ],
      responses: answers(200, "ProductList", ["malformed", "not_found"]),
    },
  },
  "/api/categories": {
    get: {
      operationId: "listCategories",
      summary: "The categories that have something on sale, in the shop's order",
      responses: answers(200, "CategoryList", []),
    },
  },
  "/api/products/{slug}": {
    get: {
      operationId: "findProduct",
      summary: "One product",
      parameters: [{ name: "slug", in: "path", required: true, schema: { type: "string" } }],
      responses: answers(200, "Product", ["not_found"]),
    },
  },
  "/api/orders": {
    get: {
      operationId: "listOrders",
      summary: "The buyer's own orders, newest first",
      parameters: [
        {
          name: "show",
          in: "query",
          schema: { type: "string", enum: [...ownOrderShows] },
          description: "Only those that wait for money, for the shop, for the parcel, or have a refund.",
        },
        {
          name: "cursor",
          in: "query",
          schema: { type: "string" },
          description: "The nextCursor of the page before.",
        },
      ],
      responses: answers(200, "OwnOrderList", ["malformed", "unauthenticated"]),
    },
    post: {
      operationId: "createOrder",
      summary: "Take an order and hold its stock",
      parameters: [
        {
          name: "Idempotency-Key",
          in: "header",
          schema: { type: "string", maxLength: 200 },
          description: "Belongs to the buyer, lives 24 hours: the same request again gives the same order.",
        },
      ],
      requestBody: body("OrderRequest"),
      responses: answers(201, "Order", [
        "malformed",
        "unauthenticated",
        "member_blocked",
        "out_of_stock",
        "price_changed",
        "too_many_unpaid",
        "body_too_large",
        "idempotency_key_reused",
        "recipient_required",
        "recipient_invalid",
        "product_unavailable",
        "mixed_kinds",
        "total_too_large",
        "too_many_requests",
      ]),
    },
  },
  "/api/orders/quote": {
    post: {
      operationId: "quoteOrders",
      summary: "What these goods would cost now, freight included, and what cannot be had; nothing is held",
      requestBody: body("QuoteRequest"),
      responses: answers(200, "Quote", ["malformed", "body_too_large", "too_many_requests"]),
    },
  },
  "/api/orders/{orderNo}": {
    get: {
      operationId: "findOrder",
      summary: "The buyer's own order, as its rows are now",
      parameters: [orderNo],
      responses: answers(200, "Order", ["unauthenticated", "not_found"]),
    },
  },
  "/api/orders/{orderNo}/cancel": {
    post: {
      operationId: "cancelOrder",
      summary: "Cancel while unpaid",
      parameters: [orderNo],
      responses: answers(200, "CancelledOrder", ["unauthenticated", "not_found", "not_cancellable"]),
    },
  },
  "/api/orders/{orderNo}/remind": {
    post: {
      operationId: "remindOrder",
      summary: "Ask the shop to ship a paid order; once in some hours",
      parameters: [orderNo],
      responses: answers(200, "RemindedOrder", [
        "unauthenticated",
        "not_found",
        "not_remindable",
        "too_many_requests",
      ]),
    },
  },
  "/api/orders/{orderNo}/receive": {
    post: {
      operationId: "receiveOrder",
      summary: "Confirm that everything has come; again: the same answer",
      parameters: [orderNo],
      responses: answers(200, "ReceivedOrder", ["unauthenticated", "not_found", "not_receivable"]),
    },
  },
  "/api/pay": {
    post: {
      operationId: "startPayment",
      summary: "Make an order payable at WeChat; again: the same payment",
      requestBody: body("PayRequest"),
      responses: answers(200, "OpenPayment", [
        "malformed",
        "unauthenticated",
        "member_blocked",
        "not_found",
        "order_expired",
        "order_expiring",
        "order_closed",
        "already_paid",
        "payment_disputed",
        "body_too_large",
        "too_many_requests",
        "openid_required",
        "wechat_unavailable",
        "wechat_refused",
      ]),
    },
  },
};
