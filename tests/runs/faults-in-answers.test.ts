import { describe, expect } from 'vitest'
import { itNamesFirst, type Planted, runWorkload } from './planted-faults.ts'
import { itWithK6 } from './with-k6.ts'

const planted: readonly Planted[] = [
  { fault: 'drop-event-in-refresh', push: 'payload', rule: 'CV2-085|CV2-088' },
  { fault: 'next-position-off-by-one', push: 'payload', rule: 'CV2-087', found: 1 },
  { fault: 'foreign-event', push: 'payload', rule: '.' },
  { fault: 'show-quit-reason', push: 'payload', rule: 'CV2-061' },
  {
    fault: 'wrong-notify-position',
    push: 'reliable',
    rule: 'CS-065',
    found: 1,
    // Where a customer's own message lies before the event, whether a refresh had retrieved it is often nobody's knowledge.
    options: { 'message-rate': '1/s', 'agent-rate': '250/s' },
  },
  {
    fault: 'repeat-after-confirmation',
    push: 'reliable',
    rule: 'CS-061',
    // Only a session that hears nothing new for a second gets a repetition at all: many sessions, the same events.
    options: { set: 'settings.flex-push-resend-delay=1', sessions: '400', arrival: '400/s' },
  },
]

describe('a fault planted in answers, positions or repetitions ends the run with exit 1, named first', () => {
  itWithK6('none is found where none was planted', async () => {
    const clean = await runWorkload({ push: 'reliable:0.5,payload:0.5' })
    expect(clean.stdout).toMatch(/^PASS {2}async-chat: /)
    expect([clean.exit, clean.violations]).toEqual([0, []])
    const { counters, ledger, nodes, chatServers, failures, intervals } = clean.result!
    expect(counters.messages_sent).toBeGreaterThan(500)
    expect(failures).toEqual([])
    expect(nodes!.map(({ posts, sent }) => [posts, sent])).toEqual([[ledger.posts, ledger.posts]])
    expect(chatServers!.map(({ chats }) => chats)).toEqual([counters.sessions_started])
    // Each push has its whole way known: the sums of the columns are counts of pushes.
    const staged = intervals.columns.staged!.reduce<number>((sum, value) => sum + (value ?? 0), 0)
    expect(staged / (ledger.posts / intervals.seconds)).toBeGreaterThan(0.95)
  })

  itNamesFirst(planted)
})
