import { cases } from '../../case.ts'

export const referenceServer = cases('options', 'reference-server', [])
