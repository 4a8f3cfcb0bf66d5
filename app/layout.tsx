import "./ui/tokens.css";
import type { Viewport } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { FailureTexts } from "./ui/failure-texts";

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f5f4ef" },
    { media: "(prefers-color-scheme: dark)", color: "#131412" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("common.failure");
  const failure = { title: t("title"), text: t("text"), retry: t("retry"), home: t("home") };
  return (
    <html lang={await getLocale()}>
      <body>
        <FailureTexts value={failure}>{children}</FailureTexts>
      </body>
    </html>
  );
}
