import { cache } from "react";
import { readSettings } from "@/lib/settings/read-settings";
import { shop } from "@/lib/shop";

/** The shop's settings, read once a request. */
export const shopSettings = cache(() => readSettings(shop().db));
