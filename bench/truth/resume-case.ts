import { plantedBounds } from './bounds.ts'
import { plannedCuts } from './planned-sends.ts'
import { stampedResumes } from './resumed.ts'
import { sameCount, truthRows } from './rows.ts'
import { steadyOf } from './stamped-series.ts'
import type { TruthCase } from './truth-case.ts'
import { heardOver } from './ways.ts'

const { scenario, load, prefix } = heardOver('websocket')

/** Each connection is cut once; every new try comes a second later, and its question for what was missed waits as well. */
export const resumeCase: TruthCase = {
  name: `${prefix}resumes after const(300ms)`,
  scenario,
  // All live to the end: what the last answer shows tells whose client is whose.
  options: { ...load, 'session-length': 'const(1h)', cut: '5%..65%', fault: 'late-resume:100%,const(300ms)' },
  unfit: ({ result }) => (result.verdict.exit === 3 ? result.verdict.sentence : undefined),
  compare(run) {
    const resumes = stampedResumes(run.recording, plannedCuts(run))
    const corrected = steadyOf(run, 'resume_latency')
    const raw = steadyOf(run, 'resume_latency_raw')
    const truth = { corrected: resumes.map(({ cutMs, answeredMs }) => answeredMs - cutMs), raw: [] }
    return {
      figures: [
        {
          series: 'resume_latency',
          rows: truthRows({ truth, corrected, raw, bounds: plantedBounds, rawIs: 'unknown' }),
        },
      ],
      // Notifications are not counted: one that was written into a cut connection is in the answer to the resume.
      checks: [
        { text: `exit ${run.result.verdict.exit}`, holds: run.result.verdict.exit === 0 },
        sameCount('resumes', resumes.length, corrected.count),
      ],
    }
  },
}
