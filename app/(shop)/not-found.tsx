import { NotFoundNotice } from "@/app/ui/not-found-notice";

/** A product, page or order that is not there, or not this buyer's: below the shop's own header. */
export default NotFoundNotice;
