import { z } from "zod";
import { productKinds } from "@/lib/db/schema/catalog";
import { contentKinds } from "@/lib/db/schema/deliveries";
import { closedReasons } from "@/lib/db/schema/orders";
import { tradeTypes } from "@/lib/db/schema/payments";
import { deliveryKinds } from "@/lib/deliveries/state";
import { problemStatus } from "@/lib/http/app-error";
import { orderStatuses } from "@/lib/orders/state";
import { paymentStatuses } from "@/lib/payments/state";
import { refundReasons } from "@/lib/refunds/reasons";
import { refundStatuses } from "@/lib/refunds/state";

/** What the JSON API answers. A test parses real answers with these, so the document cannot drift from the code. */
const fen = z.int().min(0).meta({ description: "Chinese fen, an integer." });
const instant = z.iso.datetime({ offset: true });

const CategoryAnswer = z.object({ slug: z.string(), title: z.string() });

export const CategoryListAnswer = z.object({ items: z.array(CategoryAnswer) });

export const ProductAnswer = z.object({
  slug: z.string(),
  title: z.string(),
  kind: z.enum(productKinds),
  description: z.string(),
  category: CategoryAnswer.nullable(),
  images: z
    .array(z.string())
    .meta({ description: "Paths below the shop's own address, the first one leading." }),
  variants: z.array(z.object({ sku: z.string(), title: z.string(), priceFen: fen, available: z.int() })),
});

export const ProductListAnswer = z.object({
  items: z.array(ProductAnswer),
  nextCursor: z.string().nullable(),
});

const RecipientAnswer = z.object({
  name: z.string(),
  phone: z.string(),
  province: z.string(),
  city: z.string(),
  district: z.string(),
  address: z.string(),
});

export const OrderAnswer = z.object({
  orderNo: z.string(),
  status: z.enum(orderStatuses),
  closedReason: z.enum(closedReasons).nullable(),
  kind: z.enum(productKinds),
  goodsFen: fen,
  freightFen: fen,
  totalFen: fen,
  paidFen: fen,
  surplusFen: fen,
  refundedFen: fen,
  createdAt: instant,
  expiresAt: instant,
  paidAt: instant.nullable(),
  deliverBy: instant.nullable(),
  recipient: RecipientAnswer.nullable(),
  note: z.string().nullable(),
  lines: z.array(
    z.object({
      sku: z.string(),
      title: z.string(),
      image: z.string().nullable(),
      quantity: z.int(),
      priceFen: fen,
    }),
  ),
  payments: z.array(
    z.object({
      outTradeNo: z.string(),
      tradeType: z.enum(tradeTypes),
      status: z.enum(paymentStatuses),
      totalFen: fen,
      transactionId: z.string().nullable(),
      paidAt: instant.nullable(),
      surplus: z.boolean(),
    }),
  ),
  deliveries: z.array(
    z.object({
      kind: z.enum(deliveryKinds),
      status: z.enum(["shipped", "received", "failed"]),
      carrier: z.string().nullable().meta({ description: "WeChat's code of it." }),
      carrierName: z.string().nullable().meta({ description: "In the caller's language." }),
      trackingNo: z.string().nullable(),
      note: z.string().nullable().meta({ description: "What the shop wrote along." }),
      at: instant.meta({ description: "When it left." }),
      receivedAt: instant.nullable(),
      failedAt: instant.nullable(),
      isReplaced: z.boolean().meta({ description: "It failed, and another delivery has the same pieces." }),
      lines: z.array(z.object({ sku: z.string(), title: z.string(), quantity: z.int() })),
      content: z
        .string()
        .nullable()
        .meta({ description: "Everything virtual that was handed over, one a line; for its buyer alone." }),
      contents: z
        .array(
          z.object({
            sku: z.string(),
            title: z.string(),
            kind: z.enum(contentKinds),
            items: z.array(z.string()).nullable(),
          }),
        )
        .meta({
          description: "The same by goods. `items` is null when the shop cannot open it at the moment.",
        }),
    }),
  ),
  remindFrom: instant
    .nullable()
    .meta({ description: "Since when the buyer may ask (again) for shipping; null: nothing to ask for." }),
  isReceivable: z.boolean().meta({ description: "Whether the buyer may confirm that everything has come." }),
  isRevived: z
    .boolean()
    .meta({ description: "Its money came after it had expired and closed; the goods could be had again." }),
  completesAt: instant
    .nullable()
    .meta({ description: "When it is completed without a word of its buyer; null: not yet known." }),
  together: z
    .array(
      z.object({
        orderNo: z.string(),
        kind: z.enum(productKinds),
        status: z.enum(orderStatuses),
        totalFen: fen,
      }),
    )
    .meta({ description: "The other orders that the same cart became." }),
  refundableFen: fen,
  refunds: z.array(
    z.object({
      refundNo: z.string(),
      requestedFen: fen,
      refundFen: fen,
      status: z.enum(refundStatuses),
      reason: z.enum(refundReasons),
      reasonText: z.string().nullable(),
      note: z.string().nullable(),
      createdAt: instant,
      decidedAt: instant.nullable(),
      settledAt: instant.nullable(),
      recvAccount: z.string().nullable().meta({ description: "Where the money went, in WeChat's words." }),
      manualMethod: z.string().nullable(),
      lines: z.array(z.object({ sku: z.string(), title: z.string(), quantity: z.int() })),
      pictures: z.array(z.string()).meta({ description: "Names for GET /api/refund/pictures/{name}." }),
      returnCarrier: z.string().nullable(),
      returnTrackingNo: z.string().nullable(),
      automatic: z.boolean(),
      withdrawable: z.boolean().meta({ description: "The buyer asked, and nobody has decided yet." }),
    }),
  ),
});

export const QuoteAnswer = z.object({
  orders: z
    .array(
      z.object({
        kind: z.enum(productKinds),
        lines: z.array(
          z.object({
            sku: z.string(),
            title: z.string(),
            image: z.string().nullable(),
            quantity: z.int(),
            priceFen: fen,
            available: z.int().meta({ description: "What can be ordered now." }),
            trouble: z
              .literal("out_of_stock")
              .nullable()
              .meta({ description: "What createOrder would refuse this line with." }),
          }),
        ),
        goodsFen: fen,
        freightFen: fen,
        totalFen: fen.meta({ description: "The expectedTotalFen of this order." }),
      }),
    )
    .meta({ description: "One for each kind. Amounts count only lines without trouble." }),
  totalFen: fen.meta({ description: "Of all of them." }),
  unavailable: z
    .array(z.string())
    .meta({ description: "Skus that are not on sale; they stand in no order." }),
});

export const PageSignatureAnswer = z.object({
  appId: z.string(),
  timestamp: z.string().meta({ description: "Seconds, as text." }),
  nonceStr: z.string(),
  signature: z.string().meta({ description: "SHA-1, lower-case hex, of WeChat's JS-SDK." }),
});

export const OwnOrderListAnswer = z.object({
  items: z.array(
    z.object({
      orderNo: z.string(),
      status: z.enum(orderStatuses),
      closedReason: z.enum(closedReasons).nullable(),
      kind: z.enum(productKinds),
      totalFen: fen,
      createdAt: instant,
      expiresAt: instant,
      deliverBy: instant.nullable(),
      lines: z.array(z.object({ title: z.string(), image: z.string().nullable(), quantity: z.int() })),
      refund: z.enum(["underway", "part", "whole", "surplus"]).nullable().meta({
        description: "What of its money is on its way back, or back already; `surplus`: money nobody owed.",
      }),
      awaitsReturn: z.boolean().meta({ description: "A refund waits for the goods to be sent back." }),
      remindFrom: instant.nullable(),
      isReceivable: z.boolean(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

export const RefundAnswer = z.object({ refundNo: z.string(), status: z.enum(refundStatuses) });

export const CancelAnswer = z.object({
  orderNo: z.string(),
  status: z.enum(["closing", "closed"]),
  closedReason: z.literal("cancelled"),
});

export const RemindAnswer = z.object({
  orderNo: z.string(),
  reminders: z.int().meta({ description: "How often this order was asked for." }),
  remindFrom: instant.meta({ description: "Since when it may be asked for again." }),
});

export const ReceiveAnswer = z.object({ orderNo: z.string(), status: z.literal("completed") });

export const PayAnswer = z.discriminatedUnion("tradeType", [
  z.object({
    tradeType: z.literal("JSAPI"),
    payment: z.object({
      appId: z.string(),
      timeStamp: z.string(),
      nonceStr: z.string(),
      package: z.string(),
      signType: z.string(),
      paySign: z.string(),
    }),
  }),
  z.object({ tradeType: z.literal("MWEB"), mwebUrl: z.url() }),
  z.object({ tradeType: z.literal("NATIVE"), codeUrl: z.string() }),
]);

export const PictureAnswer = z.object({
  name: z.string().meta({ description: "Made of the content: name it in POST /api/refund within 24 hours." }),
});

export const TokenAnswer = z.object({ token: z.string(), expiresAt: instant });

export const HealthAnswer = z.object({
  status: z.enum(["ok", "degraded", "down"]),
  problems: z.array(z.object({ code: z.string(), detail: z.string() })),
});

export const ProblemAnswer = z.looseObject({
  type: z.string(),
  title: z.string().meta({ description: "In the caller's language." }),
  status: z.int(),
  code: z.enum(Object.keys(problemStatus)),
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
});
