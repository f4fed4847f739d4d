import { Component, type ComponentChildren } from 'preact';
import { Button } from '../parts/button.tsx';
import { Blank } from '../parts/states.tsx';

interface Props {
  /** The address of what is shown: another one is tried anew. */
  at: string;
  children: ComponentChildren;
}

/** A view that breaks while it is drawn takes nothing else with it: the frame and the other views stay. */
export class Boundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ broken: true });
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.broken && before.at !== this.props.at) this.setState({ broken: false });
  }

  render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Blank whole icon="error" title="This view broke">
        <p>Something in it could not be shown. Nothing was lost; the other views are not touched by it.</p>
        <Button icon="refresh" onClick={() => this.setState({ broken: false })}>
          Show it again
        </Button>
      </Blank>
    );
  }
}
