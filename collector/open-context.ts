import { join } from 'node:path'
import { createLedger } from '../judging/ledger.ts'
import type { LedgerRules, LedgerSink } from '../judging/ledger-books.ts'
import { hostNow } from '../process/host-clock.ts'
import type { EventType } from '../protocol/chat/event.ts'
import { createLeakWatch } from '../protocol/checks/bayeux/leaks.ts'
import { isPushed } from '../protocol/push/mode.ts'
import { createChatServers } from './chat-servers.ts'
import { createClocks } from './clocks.ts'
import { createCounting } from './counting.ts'
import { createFailures } from './failures.ts'
import { openHistogramLog } from './histogram-log.ts'
import { createHistograms } from './histograms.ts'
import type { RunContext } from './run-context.ts'
import type { RunSettings } from './run-settings.ts'
import type { Session } from './session.ts'
import { createSessions } from './sessions.ts'
import { createStageBooks } from './stage-sums.ts'
import { createTargetNodes } from './target-nodes.ts'
import { openViolations } from './violations.ts'

export interface OpenContext {
  context: RunContext
  /** Closes the files of the result folder. */
  closeFiles(): Promise<void>
}

/** The empty books of a run; `outDir` exists. */
export function openContext(
  settings: RunSettings,
  sink: LedgerSink<Session>,
  outDir: string,
  onFileError: (file: string, error: Error) => void,
  heardSink?: LedgerSink<Session>,
): OpenContext {
  const startedMs = hostNow()
  const failing = (file: string) => (error: Error) => onFileError(file, error)
  const histogramLog = openHistogramLog(join(outDir, 'histograms.hlog'), startedMs, failing('histograms.hlog'))
  const violations = openViolations(join(outDir, 'violations.ndjson'), failing('violations.ndjson'))
  const { here = [] } = settings
  const clocks = createClocks({
    startMs: () => context.phases?.startMs,
    isHere: party => here.some(each => party === each || (each === 'k6' && party.startsWith('shard'))),
  })
  const rules: LedgerRules = {
    isPushed: (type, mode) => mode === 'comet' || isPushed(type as EventType, mode),
    notifiesRequestor: settings.notifyRequestor,
    isLenient: !settings.isReference,
    observeMs: settings.observeMs,
  }
  const ledger = createLedger<Session>(rules, sink)
  // Own activity is pushed where that is asked for, and notified never (CV2-120).
  const heard = settings.arePushedToo
    ? createLedger<Session>({ ...rules, notifiesRequestor: false }, heardSink)
    : undefined
  const context: RunContext = {
    settings,
    phases: undefined,
    histograms: createHistograms(histogramLog, startedMs),
    columns: undefined,
    counting: createCounting(),
    violations,
    clocks,
    ledger,
    heard,
    sessions: createSessions(settings, { ledger, heard }, clocks),
    leaks: createLeakWatch(),
    failures: createFailures(),
    failedPosts: createFailures(),
    losses: createFailures(),
    stages: createStageBooks(),
    nodes: createTargetNodes(),
    chatServers: createChatServers(),
    attempts: [],
    lastAnswerMs: startedMs,
    lastPostMs: startedMs,
    queueAgeMs: Number.POSITIVE_INFINITY,
    coverage: { answers: 0, pushes: 0, arrivals: 0, kinds: new Map(), seen: new Set() },
    nowMs: hostNow,
  }
  return { context, closeFiles: async () => void (await Promise.all([histogramLog.close(), violations.close()])) }
}
