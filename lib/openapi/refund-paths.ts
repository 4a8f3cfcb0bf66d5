import { pictureTypes } from "@/lib/pictures/picture-limits";
import { answers, body, problems } from "./answers";

const refundNo = { name: "refundNo", in: "path", required: true, schema: { type: "string" } };

/** Asking for money back, and the pictures that go with it. */
export const refundPaths = {
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
};
