import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { chooseLocale, localeCookie } from "@/lib/http/locale";
import { messagesOf } from "./messages";

/** The language of a request: the same choice as the JSON API makes. The address never carries it. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(localeCookie)?.value;
  const preferred = (await headers()).get("accept-language");
  const locale = chooseLocale(chosen, preferred);
  return { locale, messages: messagesOf(locale) };
});
