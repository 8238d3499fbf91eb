import { z } from 'zod';

// The policy forbids eval; without this zod tries it once, catches the refusal and the browser reports a violation.
z.config({ jitless: true });
