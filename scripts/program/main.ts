import { commands } from '../commands/registry.ts'
import type { Command } from './command.ts'
import { didYouMean } from './did-you-mean.ts'
import { commandHelp, commandList } from './help.ts'
import { readArguments } from './read-arguments.ts'
import { UserError } from './user-error.ts'

export type CommandTable = Readonly<Record<string, () => Promise<Command>>>

/** The whole program but the process around it. @returns exit code. */
export async function main(args: readonly string[], known: CommandTable = commands): Promise<number> {
  try {
    return await dispatch(args, known)
  } catch (error) {
    if (!isForTheUser(error)) throw error
    console.error(`chatgauge: ${messageOf(error)}`)
    return 2
  }
}

async function dispatch(args: readonly string[], known: CommandTable): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && rest[0] === undefined)) {
    console.log(commandList(await Promise.all(Object.values(known).map(load => load()))))
    return 0
  }
  if (name === 'help') return dispatch([...rest, '--help'], known)
  if (name === '--version') {
    console.log((await import('../../package.json', { with: { type: 'json' } })).default.version)
    return 0
  }
  const load = Object.hasOwn(known, name) ? known[name] : undefined
  if (load === undefined) {
    const names = Object.keys(known)
    throw new UserError(`there is no command ${name}${didYouMean(name, names)}; there are ${names.join(', ')}`)
  }
  const command = await load()
  const own = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest
  if (own.includes('--help') || own.includes('-h')) {
    console.log(commandHelp(command))
    return 0
  }
  return command.run(readArguments(command, rest))
}

/** Also what the system says about ports, files and permissions: the message names the thing, a stack adds nothing. */
function isForTheUser(error: unknown): error is Error {
  if (error instanceof UserError) return true
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && systemErrors.includes(code)
}

function messageOf(error: Error & { code?: unknown; address?: unknown; port?: unknown }): string {
  if (error.code !== 'EADDRINUSE') return error.message
  return `port ${error.port} of ${error.address} is in use by another program; choose another with --port (0 = a free one)`
}

const systemErrors = [
  'EADDRINUSE',
  'EADDRNOTAVAIL',
  'EACCES',
  'ENOENT',
  'EISDIR',
  'ENOTDIR',
  'ENOSPC',
  'EMFILE',
  'EROFS',
]
