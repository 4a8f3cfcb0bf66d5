/** The desk's session, for next-auth's own clients; people use the form on /sign-in. */
import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { staffOptions } from "@/lib/auth/staff-options";
import { shop } from "@/lib/shop";

type Context = { params: Promise<{ nextauth: string[] }> };

const handler = async (request: NextRequest, context: Context): Promise<Response> =>
  NextAuth(request, { params: await context.params }, staffOptions(shop()));

export { handler as GET, handler as POST };
