ALTER TABLE "variants" ADD COLUMN "on_sale" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "product_pictures" ADD COLUMN "has_led" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "order_lines_variant" ON "order_lines" USING btree ("variant_id","order_id");