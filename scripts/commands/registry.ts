import type { Command } from '../program/command.ts'

/** Each command by its name, loaded when it is called: what one of them needs costs the others no time. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./run.ts')).run,
  conform: async () => (await import('./conform.ts')).conform,
  serve: async () => (await import('./serve.ts')).serve,
  receive: async () => (await import('./receive.ts')).receive,
  validate: async () => (await import('./validate.ts')).validate,
  merge: async () => (await import('./merge.ts')).merge,
  compare: async () => (await import('./compare.ts')).compare,
  report: async () => (await import('./report.ts')).report,
  plan: async () => (await import('./plan.ts')).plan,
  doctor: async () => (await import('./doctor.ts')).doctor,
}
