import type { Falsification, Found } from '../../collector/falsification.ts'
import { falsifications } from '../../collector/falsifications.ts'
import { seenOverComet } from '../../reference-server/faults/seen-over-comet.ts'
import { markdownTable } from '../../reports/page/markdown.ts'

/** docs/falsification.md */
export function falsificationPage(): string {
  const paragraphs = [
    '# One event falsified',
    'Written from `collector/falsifications.ts`; `npx vitest run scripts/reference-pages -u` writes it again.',
    `Before a number of a run is believed, the books must show that they would have noticed. \`collector/falsification.test.ts\` takes a random history of five chats, some hundred answers and POSTs, or over CometD answers, notifications and replies, that are without fault, falsifies one event of it in each of the ${falsifications.length} ways below, and sends both through the collector: frames, checks, ledger, histograms, closing. The two books are then compared as a whole. The table names every difference, so each way is found and changes nothing else.`,
    'Words in the last column are counts of the result (`lost`, `duplicate`, …), rules of [the rule pages](rules/README.md) with how often they are cited, or the sentence of a ledger that does not balance, which makes the run invalid. Counts that repeat another one (the same POST as socket, ledger and validator count it) are left out while they agree.',
    markdownTable(
      ['What is falsified', 'Push mode', 'How the books differ'],
      falsifications.flatMap(way => rowsOf(way)),
    ),
    'Over CometD (mode comet) each customer also loses its connection once, every second one by our own doing: `posts` are the notifications.',
    '## Faults of a server that speaks Bayeux',
    'What a run of `cometd-chat` finds of a planted fault (`--fault`, `chatgauge serve --list-faults`): the rules that it names, `notifications_lost` or `requests_failed`. `tests/bayeux/load-faults.test.ts` plants every fault of Bayeux and of chat over it that acts on single messages, lets two customers of a load run chat in virtual time over either transport, each cut off once, and compares what the collector finds with this table. Faults that are not in it are about things that no customer of a load run does (subscriptions, batches, callbacks, wrong requests), or of a kind that only a case can tell.',
    markdownTable(
      ['Fault', 'What a load run finds'],
      Object.entries(seenOverComet).map(([name, found]) => [`\`${name}\``, found]),
    ),
    'Losses, doubles and changes of place of one notification are planted in whole runs, too (`drop-notification`, `double-notification`, `swap-notification`), and counted exactly; `late-notification` and `late-resume` plant times that `notification_latency` and `resume_latency` must show (`tests/runs/cometd-chat.test.ts`); whether the percentiles of whole runs are those that the target itself stamped, `npm run bench -- truth:cometd` tells ([measuring.md](measuring.md#proven-on-planted-truth)).',
    '## What cannot be told',
    'In device-id mode all POSTs of a device are alike. Two that change places are no difference, and a session whose numbers of events and POSTs differ gives counts and no latency: the table shows how many samples that takes away. A POST after the end of a session, but not later than W, may be about something that happened between the last refresh and the end; without a push of the own leave nothing says otherwise. The first attempt of a notice that never comes is no loss when its repetition comes: the notice is late, and its latency says so. Which repetitions a pull in between allows is left open (OQ-29).',
  ]
  return `${paragraphs.join('\n\n')}\n`
}

function rowsOf({ name, found, notifyRequestor }: Falsification): string[][] {
  const modes = Object.entries(found) as [string, Found][]
  const texts = [...new Set(modes.map(([, each]) => told(each)))]
  return texts.map((text, at) => [
    at === 0 ? name + (notifyRequestor ? ' (with `--notify-requestor`)' : '') : '',
    modes.flatMap(([mode, each]) => (told(each) === text ? [mode] : [])).join(', '),
    text,
  ])
}

function told(found: Found): string {
  return Object.entries(found)
    .map(([name, more]) =>
      typeof more === 'string'
        ? `“${more.replaceAll(/\d+/g, 'N')}”`
        : `${/^[A-Z\d]+-\d+$/.test(name) ? `${name} × ${more}` : `${name} ${more > 0 ? '+' : '−'}${Math.abs(more)}`}`,
    )
    .join(', ')
}
