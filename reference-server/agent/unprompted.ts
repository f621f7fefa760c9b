import type { AgentScript } from '../actors.ts'
import type { Clock } from '../clock.ts'
import type { Plan } from './plan.ts'
import type { Task, TaskQueue } from './task-queue.ts'

/** The agent's messages that answer nothing: so many per second, all chats together. @returns stops them. */
export function startUnprompted(
  parts: { script: AgentScript; plan: Plan; tasks: TaskQueue; clock: Clock },
  say: (plannedMs: number, choice: number) => void,
): () => void {
  const { script, plan, tasks, clock } = parts
  if (script.ratePerSecond <= 0) return () => {}
  const startMs = script.startMs ?? clock.now()
  // A schedule that began in the past is joined, not caught up with.
  let n = Math.max(0, Math.ceil(((clock.now() - startMs) / 1000) * script.ratePerSecond))
  let task: Task
  const next = () => {
    const { offsetMs, choice } = plan.unprompted(n++)
    task = tasks.add(startMs + offsetMs, () => {
      next()
      say(startMs + offsetMs, choice)
    })
  }
  next()
  return () => tasks.cancel(task)
}
