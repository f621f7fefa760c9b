import type { Command } from '../program/command.ts'
import { doctor } from './doctor.ts'

/** In the order of the command list. */
export const commands: readonly Command[] = [doctor]
