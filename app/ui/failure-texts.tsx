"use client";

import { createContext } from "react";

export type FailureWords = { title: string; text: string; retry: string; home: string };

/** The words of the error page, handed down before anything fails: then there may be no server to ask. */
export const FailureTexts = createContext<FailureWords | null>(null);
