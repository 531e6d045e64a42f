/** One allowed step of a state machine. `needs` names what must be at hand; the service checks it. */
export interface Transition<State extends string, Action extends string> {
  from: State
  action: Action
  to: State
  needs?: readonly string[]
}

/** A state machine is a table: readable, printable and checkable (design.md §4). */
export interface StateMachine<State extends string, Action extends string> {
  initial: State
  states: readonly State[]
  transitions: readonly Transition<State, Action>[]
}

/** The state an action leads to, or undefined when the table does not allow it. */
export function nextState<State extends string, Action extends string>(
  machine: StateMachine<State, Action>,
  from: State,
  action: Action,
): State | undefined {
  return machine.transitions.find((step) => step.from === from && step.action === action)?.to
}

/** States no path reaches from the initial one, and steps named twice: both must be empty. */
export function findFlaws<State extends string, Action extends string>(
  machine: StateMachine<State, Action>,
): { unreachable: State[]; ambiguous: string[] } {
  const reached = new Set<State>([machine.initial])
  for (let size = 0; size !== reached.size;) {
    size = reached.size
    for (const step of machine.transitions) if (reached.has(step.from)) reached.add(step.to)
  }
  const seen = new Set<string>()
  const ambiguous = machine.transitions
    .map((step) => `${step.from} ${step.action}`)
    .filter((key) => seen.size === seen.add(key).size)
  return { unreachable: machine.states.filter((state) => !reached.has(state)), ambiguous }
}
