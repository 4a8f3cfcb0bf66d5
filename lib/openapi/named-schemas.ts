import { z } from "zod";
import { MiniProgramCode } from "@/lib/members/sign-in-mini-program";
import { OrderRequest } from "@/lib/orders/order-request";
import { QuoteRequest } from "@/lib/orders/quote-request";
import { Recipient } from "@/lib/orders/recipient";
import { PayRequest } from "@/lib/payments/pay-request";
import { RefundBody, ReturnBody } from "@/lib/refunds/refund-request";
import {
  CancelAnswer,
  CategoryListAnswer,
  HealthAnswer,
  OrderAnswer,
  OwnOrderListAnswer,
  PageSignatureAnswer,
  PayAnswer,
  PictureAnswer,
  ProblemAnswer,
  ProductAnswer,
  ProductListAnswer,
  QuoteAnswer,
  ReceiveAnswer,
  RefundAnswer,
  RemindAnswer,
  TokenAnswer,
} from "./schemas";

const schemas = {
  Product: ProductAnswer,
  ProductList: ProductListAnswer,
  CategoryList: CategoryListAnswer,
  OrderRequest: OrderRequest.extend({ recipient: Recipient.nullish() }),
  Order: OrderAnswer,
  QuoteRequest,
  Quote: QuoteAnswer,
  OwnOrderList: OwnOrderListAnswer,
  CancelledOrder: CancelAnswer,
  RemindedOrder: RemindAnswer,
  ReceivedOrder: ReceiveAnswer,
  PayRequest,
  OpenPayment: PayAnswer,
  RefundRequest: RefundBody,
  Refund: RefundAnswer,
  Return: ReturnBody,
  Picture: PictureAnswer,
  PageSignature: PageSignatureAnswer,
  MiniProgramCode,
  Token: TokenAnswer,
  Health: HealthAnswer,
  Problem: ProblemAnswer,
};
export type SchemaName = keyof typeof schemas;

/** Every schema under the name by which the paths refer to it. */
export function namedSchemas() {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, jsonSchema(schema)]));
}

function jsonSchema(schema: z.ZodType) {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return rest;
}
