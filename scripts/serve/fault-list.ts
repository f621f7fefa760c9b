import type { FaultDefinition } from '../../reference-server/faults/fault.ts'
import { faults, plantFault } from '../../reference-server/faults/registry.ts'
import type { Random } from '../../reference-server/random.ts'
import { didYouMean } from '../program/did-you-mean.ts'
import { UserError } from '../program/user-error.ts'

export function faultList(): string {
  return faults
    .map(({ name, does, arguments: given, rules, modes, looksLike }) =>
      [
        `${name}${given === '' ? '' : `[:${given}]`}`,
        `    ${does}`,
        `    ${seenBy(modes)}; caught by ${rules.join(', ')}`,
        `    looks like: ${looksLike}`,
      ].join('\n'),
    )
    .join('\n')
}

function seenBy(modes: FaultDefinition['modes']): string {
  if (modes.length === 0) return 'seen by conform'
  return `seen in runs ${modes.includes('comet') ? 'of cometd-chat' : `with ${modes.join(', ')}`}`
}

/** @throws UserError for an unknown name or argument, before the server starts. */
export function checkFault(text: string, random: Random): string {
  const name = text.split(':', 1)[0]!
  const names = faults.map(fault => fault.name)
  if (!names.includes(name)) {
    throw new UserError(`--fault ${name} is not known${didYouMean(name, names)}; known are ${names.join(', ')}`)
  }
  try {
    plantFault(text, random)
    return text
  } catch (error) {
    throw new UserError(`--fault ${(error as Error).message}`)
  }
}
