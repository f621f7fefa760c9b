import { commands } from '../commands/registry.ts'
import type { Command } from './command.ts'
import { commandHelp, commandList } from './help.ts'
import { didYouMean } from './nearest.ts'
import { readArguments } from './read-arguments.ts'
import { UserError } from './user-error.ts'

/** The whole program but the process around it. @returns exit code. */
export async function main(args: readonly string[], known: readonly Command[] = commands): Promise<number> {
  try {
    return await dispatch(args, known)
  } catch (error) {
    if (!isForTheUser(error)) throw error
    console.error(`chatgauge: ${error.message}`)
    return 2
  }
}

async function dispatch(args: readonly string[], known: readonly Command[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && rest[0] === undefined)) {
    console.log(commandList(known))
    return 0
  }
  if (name === 'help') return dispatch([...rest, '--help'], known)
  if (name === '--version') {
    console.log((await import('../../package.json', { with: { type: 'json' } })).default.version)
    return 0
  }
  const command = known.find(each => each.name === name)
  if (command === undefined) {
    const names = known.map(each => each.name)
    throw new UserError(`there is no command ${name}${didYouMean(name, names)}; there are ${names.join(', ')}`)
  }
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
