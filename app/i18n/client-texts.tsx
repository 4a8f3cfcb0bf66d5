import { NextIntlClientProvider } from "next-intl";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { type Messages, messagesOf } from "./messages";

/**
 * Hands the texts that `pick` chooses to the client components inside. Only pages that need them carry them:
 * the whole catalogue would travel with every page otherwise.
 */
export async function ClientTexts({
  pick,
  children,
}: {
  pick: (all: Messages) => object;
  children: ReactNode;
}) {
  const locale = await getLocale();
  return (
    <NextIntlClientProvider locale={locale} messages={pick(messagesOf(locale))}>
      {children}
    </NextIntlClientProvider>
  );
}
