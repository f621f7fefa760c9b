import type { PushMode } from '../../protocol/push/mode.ts'
import type { Random } from '../random.ts'
import type { FaultArguments } from './arguments.ts'
import type { FaultGate } from './gate.ts'

/** A planted misbehaviour, as `serve --list-faults` shows it. */
export interface FaultDefinition {
  name: string
  /** One sentence. */
  does: string
  /** As typed behind the colon, with the default: `nth=1000`; '' = none. */
  arguments: string
  /** Rule ids, or the threshold, of which at least one must catch it. */
  caughtBy: readonly string[]
  /** Push modes in which it can be seen. */
  modes: readonly PushMode[]
  /** @throws when an argument is not allowed. */
  plant(args: FaultArguments, random: Random): FaultGate
}
