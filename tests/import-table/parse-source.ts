import { parseAst } from 'vitest/node'

/** A node of the syntax tree; only what the checks look at is typed. */
export interface SyntaxNode {
  type: string
  start: number
  end: number
  [member: string]: unknown
}

export function parseSource(text: string, file: string): SyntaxNode {
  return parseAst(text, { lang: file.endsWith('.ts') ? 'ts' : 'js' }) as unknown as SyntaxNode
}

/** Visits every node; `parents` are the nodes around it, the nearest last. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parents: readonly SyntaxNode[]) => void,
  parents: readonly SyntaxNode[] = [],
): void {
  visit(node, parents)
  const below = [...parents, node]
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit, below)
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
