/** One recipe: the lines to copy, what usually goes wrong with them, and how to be rid of them again. */
import { IconAlertCircle, IconArrowBackUp } from '@tabler/icons-react'
import type { RecorderInfo } from '../../shared/api.ts'
import { CodeBlock } from './code-block.tsx'
import { Prose } from './prose.tsx'
import { Reach } from './reach.tsx'
import type { Recipe } from './recipes/recipe.ts'
import styles from './setup.module.css'

export function RecipeCard({ recipe, recorder }: { recipe: Recipe; recorder: RecorderInfo }) {
  return (
    <div
      className={styles.recipe}
      role="tabpanel"
      id="recipe"
      aria-labelledby={`client-${recipe.id}`}
      data-testid="recipe"
    >
      <header className={styles.recipeHead}>
        <h3>{recipe.label}</h3>
        <p>{recipe.where}</p>
      </header>
      <Reach from={recipe.from} recorder={recorder} />
      <CodeBlock parts={recipe.parts(recorder)} label={`Lines for ${recipe.label}`} />
      <dl className={styles.remarks}>
        <div>
          <dt>
            <IconAlertCircle size={15} stroke={1.7} aria-hidden="true" /> What usually goes wrong
          </dt>
          <dd>
            <Prose>{recipe.wrong}</Prose>
          </dd>
        </div>
        <div>
          <dt>
            <IconArrowBackUp size={15} stroke={1.7} aria-hidden="true" /> To undo it
          </dt>
          <dd>
            <Prose>{recipe.undo(recorder)}</Prose>
          </dd>
        </div>
      </dl>
    </div>
  )
}
