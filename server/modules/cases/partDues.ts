const hour = 3_600_000;
/** Time left to a part that is asked when the whole is due already. */
const graceHours = 4;

/**
 * When a part must have got in touch and must be done: by the contact clock of the priority from the asking, and the earliest
 * due of the whole unless the lead says a time before that. Set once; nothing moves them afterwards.
 */
export function partDues(
  askedAt: Date,
  contactDue: Date,
  wholeDue: Date,
  wished?: Date,
): { contact: Date; done: Date } {
  const least = new Date(askedAt.getTime() + graceHours * hour);
  const done = wished ?? (wholeDue > askedAt ? wholeDue : least);
  return { contact: contactDue < done ? contactDue : done, done };
}
