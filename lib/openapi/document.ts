import { answers, body, json, problems } from "./answers";
import { namedSchemas } from "./named-schemas";
import { refundPaths } from "./refund-paths";
import { shopPaths } from "./shop-paths";
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
    paths: { ...shopPaths, ...refundPaths, ...otherPaths },
    components: {
      schemas: namedSchemas(),
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
const otherPaths = {
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
        "too_many_requests",
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
  "/api/wechat/js-sdk": {
    get: {
      operationId: "signPage",
      summary: "What a page of this shop, open inside WeChat, shows WeChat's app (JS-SDK)",
      parameters: [
        {
          name: "url",
          in: "query",
          required: true,
          schema: { type: "string" },
          description: "The page's address as the browser has it.",
        },
      ],
      responses: answers(200, "PageSignature", [
        "malformed",
        "too_many_requests",
        "wechat_unavailable",
        "wechat_refused",
      ]),
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
