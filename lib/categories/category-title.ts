import { AppError } from "@/lib/http/app-error";

/** A category's name as it is kept, one line of 1 to 20 characters; `category_invalid` for what cannot be one. */
export function readCategoryTitle(typed: string): string {
  const title = typed.replace(/[\s\p{Cc}]+/gu, " ").trim();
  if (title === "" || title.length > longestTitle || !title.isWellFormed())
    throw new AppError("category_invalid");
  return title;
}

export const longestTitle = 20; // Three of them fit side by side on a phone.

/** More shelves than this nobody looks through. */
export const mostCategories = 50;
