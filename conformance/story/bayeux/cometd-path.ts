/** Where every GMS node has it. */
export const cometdPath = '/genesys/cometd'
