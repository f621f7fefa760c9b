import { awakeTime } from '../awake.ts'
import { type Case, runsAlone } from '../case.ts'
import type { Need } from '../rules/rule.ts'
import type { Stack } from '../stack.ts'
import { type BrokenRule, StoryError } from '../story/broken-rule.ts'
import { createConversation, type Turn } from '../story/conversation.ts'
import { type Scene, type UndoKind, undoKinds } from '../story/scene.ts'
import { stageStory } from '../story/story.ts'
import type { DiscardedTry } from './try-again.ts'
import { type CaseVerdict, weigh } from './verdict.ts'

export interface PerformedCase {
  verdict: Exclude<CaseVerdict, 'skipped' | 'known failing'>
  /** In the order in which they were found; the first one decides the verdict unless a later one weighs more. */
  broken: readonly BrokenRule[]
  /** Of `error`, or what went wrong after the story. */
  problem?: string
  turns: readonly Turn[]
  durationMs: number
  /** Tries before this one, of which the suite itself was not sure. */
  discarded?: readonly DiscardedTry[]
}

export interface Performance {
  /** Letters and digits; with the number it makes device ids that no other run has. */
  run: string
  nextSession(): number
  /** A story may not take longer. */
  timeLimitMs: number
  /** Whether a need that was declared and never used is an error: of the suite's own tests. */
  isStrict: boolean
}

/** Runs one story on a stack and leaves the stack as it was. */
export async function performCase(each: Case, stack: Stack, performance: Performance): Promise<PerformedCase> {
  const startedAt = globalThis.performance.now()
  const conversation = createConversation()
  const broken: BrokenRule[] = []
  const used = new Set<Need>()
  let isOver = false
  const undo: Record<UndoKind, (() => Promise<unknown>)[]> = {
    pushes: [],
    chats: [],
    links: [],
    options: [],
    actors: [],
  }
  const scene: Scene = {
    case: each,
    stack,
    conversation,
    report(found) {
      if (isOver) return
      broken.push(found)
      if (weigh(found, stack.isOurs) === 'failed') throw found
    },
    use(need) {
      if (!each.needs?.includes(need)) throw new StoryError(`the story uses ${need}, which the case does not declare`)
      used.add(need)
    },
    nextDeviceId() {
      const session = performance.nextSession()
      return { deviceId: `cg-${performance.run}-0-${session}`, run: performance.run, session }
    },
    undo: (kind, task) => void undo[kind].unshift(task),
  }

  let problem: string | undefined
  try {
    const isFrozen = each.needs?.includes('time control') === true
    if (isFrozen) await stack.control?.call('POST', '/clock/freeze')
    const logStart = each.needs?.includes('server control') ? await lastLine(stack) : 0
    const story = stageStory(scene, () => logStart)
    await withinLimit(each.run(story), performance.timeLimitMs)
    story.finish()
    if (performance.isStrict) assertNeedsUsed(each, used)
  } catch (error) {
    if (!broken.includes(error as BrokenRule)) problem = describe(error)
  }
  // What tidies up is no part of the story.
  const turns = [...conversation.turns]
  isOver = true
  const left = await restore(each, stack, undo)
  // What goes wrong after a rule was found broken is a consequence.
  if (broken.length > 0) problem = left
  else problem ??= left
  return {
    verdict: problem !== undefined && broken.length === 0 ? 'error' : gravest(broken, stack.isOurs),
    broken,
    ...(problem === undefined ? {} : { problem }),
    turns,
    durationMs: globalThis.performance.now() - startedAt,
  }
}

function gravest(broken: readonly BrokenRule[], isOurs: boolean): 'passed' | 'failed' | 'warned' | 'informational' {
  const weights = broken.map(each => weigh(each, isOurs))
  return (['failed', 'warned', 'informational'] as const).find(each => weights.includes(each)) ?? 'passed'
}

async function restore(
  each: Case,
  stack: Stack,
  undo: Record<UndoKind, (() => Promise<unknown>)[]>,
): Promise<string | undefined> {
  try {
    if (each.needs?.includes('time control')) await stack.control?.call('POST', '/clock/resume')
    for (const kind of undoKinds) for (const task of undo[kind]) await task()
    if (runsAlone(each)) await stack.control?.settle(2_000)
    return undefined
  } catch (error) {
    return `after the story: ${describe(error)}`
  }
}

async function lastLine(stack: Stack): Promise<number> {
  const lines = await stack.control?.call<{ number: number }[]>('GET', '/log')
  return lines?.at(-1)?.number ?? 0
}

async function withinLimit(story: Promise<void>, limitMs: number): Promise<void> {
  const time = awakeTime(limitMs)
  const limit = time.over.then(() => {
    throw new StoryError(`the story did not end within ${limitMs / 1000} s`)
  })
  // A story that goes on after its limit may fail later: nobody listens any more.
  story.catch(() => {})
  try {
    await Promise.race([story, limit])
  } finally {
    time.cancel()
  }
}

/** Said by a case that means it for other reasons than an actor: nothing to be used. */
const withoutActor: ReadonlySet<Need> = new Set(['destructive', 'fault injection'])

function assertNeedsUsed(each: Case, used: ReadonlySet<Need>): void {
  const unused = (each.needs ?? []).filter(need => !used.has(need) && !withoutActor.has(need))
  if (unused.length > 0) throw new StoryError(`the case declares ${unused.join(', ')} and never uses it`)
}

function describe(error: unknown): string {
  if (error instanceof StoryError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
