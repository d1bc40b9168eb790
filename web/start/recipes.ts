/** How each client is pointed at the recorder, in the order they are shown: a new client is one row of one of these files. */
import { commands } from './recipes/commands.ts'
import { containers, servers } from './recipes/containers.ts'
import { powershell, run, shell, systemd } from './recipes/machine.ts'
import type { Recipe } from './recipes/recipe.ts'

export const recipes: readonly Recipe[] = [shell, ...commands, ...servers, ...containers, systemd, powershell, run]
