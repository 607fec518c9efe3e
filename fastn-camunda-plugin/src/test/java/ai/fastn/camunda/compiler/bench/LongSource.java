package ai.fastn.camunda.compiler.bench;

import ai.fastn.camunda.diagnostic.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Workflows of any length, made of the same few kinds of code that long workflows are made of: guards, loops, paging,
 * saga, dispatch, plain computing. Between «» stands what only TypeScript has.
 */
public final class LongSource {

    private static final String HEAD = """
            «interface Deal { id: string; amount: number; stage?: string }
            type Totals = Record<string, number>;
            »const LIMIT = 250;
            export default async function main(ctx«: { input: any }») {
              const input«: any» = ctx.input;
              const totals«: Totals» = {};
              const failed«: string[]» = [];
            """;

    private static final String TAIL = """
              return { totals, failed, limit: LIMIT };
            }
            """;

    private static final List<String> PARTS = List.of("""
              // Deal %1$d is new or has changed.
              const known%1$d = await fastn.state.get(`deal:${input.id}:%1$d`);
              if (known%1$d && known%1$d.version === input.version) {
                totals.skipped = (totals.skipped ?? 0) + 1;
              } else {
                const deal%1$d«: Deal» = await fastn.connector.hubspotCrm.getDeal({ dealId: input.id, part: %1$d });
                totals["deal%1$d"] = deal%1$d.amount * 1.2;
                await fastn.state.set(`deal:${input.id}:%1$d`, deal%1$d);
              }
            """, """
              for (const line%1$d of input.lines ?? []) {
                if (line%1$d.quantity === 0) continue;
                const stock%1$d = await fastn.connector.warehouse.getStock({ sku: line%1$d.sku, place: %1$d });
                if (stock%1$d.free < line%1$d.quantity) {
                  failed.push(line%1$d.sku);
                  break;
                }
                await fastn.connector.warehouse.reserve({ sku: line%1$d.sku, quantity: line%1$d.quantity });
              }
            """, """
              const numbers%1$d«: number[]» = [];
              for (let i = 0; i < 10; i++) {
                const square = i * i + %1$d;
                if (square %% 3 === 0) numbers%1$d.push(square);
              }
              const sum%1$d = numbers%1$d.reduce((sum«: number», n«: number») => sum + n, 0);
              const label%1$d = sum%1$d > LIMIT ? "large" : "small";
              totals[label%1$d] = (totals[label%1$d] ?? 0) + sum%1$d;
            """, """
              try {
                const made%1$d = await fastn.connector.gamma.createGeneration({ text: `Part %1$d of ${input.id}` });
                totals.generations = (totals.generations ?? 0) + «(»made%1$d« as any)».pages;
              } catch (error«: any») {
                failed.push(`generation %1$d: ${error.message}`);
                await fastn.connector.mailer.sendMail({ to: "ops@example.com", subject: "Part %1$d", text: error.message });
              }
            """, """
              let page%1$d«: number | null» = 1;
              while (page%1$d !== null) {
                const answer%1$d = await fastn.connector.hubspotCrm.listDeals({ page: page%1$d, list: %1$d });
                for (const deal of answer%1$d.deals) totals[deal.id] = deal.amount;
                page%1$d = answer%1$d.next ?? null;
              }
            """, """
              switch (input.kind%1$d) {
                case "won":
                  await fastn.connector.hubspotCrm.updateDeal({ dealId: input.id, stage: "won", part: %1$d });
                  break;
                case "lost":
                  await fastn.connector.mailer.sendMail({ to: input.owner, subject: "Lost", part: %1$d });
                  break;
                default:
                  totals.open = (totals.open ?? 0) + 1;
              }
            """);

    private LongSource() {}

    /** A workflow of about so many lines; another seed gives another text. */
    public static SourceText of(int lines, int seed, boolean typeScript) {
        List<String> parts = new ArrayList<>(List.of(HEAD));
        int done = lines(HEAD) + lines(TAIL);
        for (int i = 0; done < lines; i++) {
            String part = String.format(Locale.ROOT, PARTS.get((seed + i) % PARTS.size()), seed * 1_000 + i);
            parts.add(part);
            done += lines(part);
        }
        parts.add(TAIL);
        String text = String.join("", parts);
        return typeScript
                ? new SourceText("long.ts", text.replaceAll("[«»]", ""))
                : new SourceText("long.js", text.replaceAll("«[^»]*»", ""));
    }

    private static int lines(String text) {
        return (int) Stream.of(text.split("\n", -1)).count() - 1;
    }
}
