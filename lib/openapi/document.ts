import { z } from "zod";
import { type ProblemCode, problemStatus } from "@/lib/http/app-error";
import { MiniProgramCode } from "@/lib/members/sign-in-mini-program";
import { OrderRequest } from "@/lib/orders/order-request";
import { Recipient } from "@/lib/orders/recipient";
import { PayRequest } from "@/lib/payments/pay-request";
import { pictureTypes } from "@/lib/pictures/picture-limits";
import { RefundBody, ReturnBody } from "@/lib/refunds/refund-request";
import {
  CancelAnswer,
  HealthAnswer,
  OrderAnswer,
  PayAnswer,
  PictureAnswer,
  ProblemAnswer,
  ProductAnswer,
  ProductListAnswer,
  RefundAnswer,
  TokenAnswer,
} from "./schemas";

/** The OpenAPI 3.1 document of what buyers and mini programs call, made from the schemas that the code itself parses with. */
export function openApiDocument(siteUrl: string) {
  return {
    openapi: "3.1.0",
    info: {
      title: "Zhanggui",
      version: "1.0.0",
      description:
        "Money is integer fen, times are RFC 3339. Errors are application/problem+json (RFC 9457) with a stable `code`, in the caller's language.",
    },
    servers: [{ url: siteUrl }],
    security: [{ guest: [] }, { bearer: [] }, {}],
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [name, jsonSchema(schema)]),
      ),
      securitySchemes: {
        guest: {
          type: "apiKey",
          in: "cookie",
          name: "zg_member",
          description: "Set by the first order or by WeChat sign-in.",
        },
        bearer: { type: "http", scheme: "bearer", description: "From POST /api/auth/mini-program." },
      },
    },
  };
}

const schemas = {
  Product: ProductAnswer,
  ProductList: ProductListAnswer,
  OrderRequest: OrderRequest.extend({ recipient: Recipient.nullish() }),
  Order: OrderAnswer,
  CancelledOrder: CancelAnswer,
  PayRequest,
  OpenPayment: PayAnswer,
  RefundRequest: RefundBody,
  Refund: RefundAnswer,
  Return: ReturnBody,
  Picture: PictureAnswer,
  MiniProgramCode,
  Token: TokenAnswer,
  Health: HealthAnswer,
  Problem: ProblemAnswer,
};

function jsonSchema(schema: z.ZodType) {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return rest;
}

const orderNo = { name: "orderNo", in: "path", required: true, schema: { type: "string" } };
const refundNo = { name: "refundNo", in: "path", required: true, schema: { type: "string" } };

const paths = {
  "/api/products": {
    get: {
      operationId: "listProducts",
      summary: "What is on sale, newest first",
      parameters: [
        {
          name: "cursor",
          in: "query",
          schema: { type: "string" },
          description: "The nextCursor of the page before.",
        },
      ],
      responses: answers(200, "ProductList", ["malformed"]),
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
        "out_of_stock",
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
  "/api/pay": {
    post: {
      operationId: "startPayment",
      summary: "Make an order payable at WeChat; again: the same payment",
      requestBody: body("PayRequest"),
      responses: answers(200, "OpenPayment", [
        "malformed",
        "unauthenticated",
        "not_found",
        "order_expired",
        "order_expiring",
        "order_closed",
        "already_paid",
        "payment_disputed",
        "body_too_large",
        "openid_required",
        "wechat_unavailable",
        "wechat_refused",
      ]),
    },
  },
  "/api/refund": {
    post: {
      operationId: "requestRefund",
      summary: "Ask for money of an order back",
      parameters: [
        {
          name: "Idempotency-Key",
          in: "header",
          schema: { type: "string", maxLength: 200 },
          description: "Belongs to the buyer, lives 24 hours: the same request again gives the same refund.",
        },
      ],
      requestBody: body("RefundRequest"),
      responses: answers(201, "Refund", [
        "malformed",
        "unauthenticated",
        "not_found",
        "not_refundable",
        "payment_too_old",
        "body_too_large",
        "refund_exceeds_payment",
        "refund_exceeds_order",
        "too_many_refunds",
        "idempotency_key_reused",
        "too_many_requests",
      ]),
    },
  },
  "/api/refund/{refundNo}/withdraw": {
    post: {
      operationId: "withdrawRefund",
      summary: "Withdraw a request that nobody has decided yet",
      parameters: [refundNo],
      responses: answers(200, "Refund", ["unauthenticated", "not_found", "refund_decided"]),
    },
  },
  "/api/refund/{refundNo}/return": {
    post: {
      operationId: "sendReturn",
      summary: "Tell how the goods come back, when the shop asked for them",
      parameters: [refundNo],
      requestBody: body("Return"),
      responses: answers(200, "Refund", [
        "malformed",
        "unauthenticated",
        "not_found",
        "refund_decided",
        "body_too_large",
      ]),
    },
  },
  "/api/refund/pictures": {
    post: {
      operationId: "sendPicture",
      summary: "Send a picture to name in a request for a refund",
      description:
        "At most 5 MB; kept as WebP without what the camera wrote beside the pixels, such as the place.",
      requestBody: {
        required: true,
        content: {
          "multipart/form-data": {
            schema: {
              type: "object",
              required: ["picture"],
              properties: { picture: { type: "string", contentMediaType: "application/octet-stream" } },
            },
          },
          ...Object.fromEntries(pictureTypes.map((type) => [type, {}])),
        },
      },
      responses: answers(201, "Picture", [
        "malformed",
        "unauthenticated",
        "body_too_large",
        "picture_invalid",
        "too_many_requests",
      ]),
    },
  },
  "/api/refund/pictures/{name}": {
    get: {
      operationId: "findPicture",
      summary: "A picture, for who sent it and for the buyer whose refund shows it",
      parameters: [{ name: "name", in: "path", required: true, schema: { type: "string" } }],
      responses: {
        200: { description: "The picture; under one name it never changes.", content: { "image/webp": {} } },
        ...problems(["not_found"]),
      },
    },
  },
  "/api/auth/mini-program": {
    post: {
      operationId: "signInMiniProgram",
      summary: "Exchange the code of wx.login for a bearer token",
      requestBody: body("MiniProgramCode"),
      responses: answers(200, "Token", [
        "malformed",
        "body_too_large",
        "not_found",
        "sign_in_refused",
        "wechat_unavailable",
      ]),
    },
  },
  "/api/auth/wechat": {
    get: {
      operationId: "signInInsideWechat",
      summary: "Send a browser inside WeChat to be recognised (snsapi_base)",
      parameters: [
        { name: "returnTo", in: "query", schema: { type: "string" }, description: "A path of this shop." },
      ],
      responses: {
        302: { description: "To WeChat, and from there back to returnTo." },
        ...problems(["malformed"]),
      },
    },
  },
  "/api/health": {
    get: {
      operationId: "health",
      summary: "Whether the shop can take payments",
      responses: {
        ...answers(200, "Health", []),
        503: { description: "The database is away.", content: json("Health") },
      },
    },
  },
};

function body(schema: keyof typeof schemas) {
  return { required: true, content: json(schema) };
}

function answers(status: number, schema: keyof typeof schemas, codes: ProblemCode[]) {
  return { [status]: { description: schema, content: json(schema) }, ...problems(codes) };
}

function problems(codes: ProblemCode[]) {
  const byStatus = Object.groupBy([...codes, "internal" as const, "database_unavailable" as const], (code) =>
    String(problemStatus[code]),
  );
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, ofStatus]) => [
      status,
      {
        description: (ofStatus ?? []).join(", "),
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    ]),
  );
}

function json(schema: keyof typeof schemas) {
  return { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } };
}
