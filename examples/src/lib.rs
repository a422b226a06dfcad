//! What the worked examples share: loading the real data of `examples/data`, printing for people, and measuring how well
//! the matching ranks and finds duplicates.

mod calibration;
mod duplicates;
pub mod editions;
mod evaluation;
mod load;
mod page;
mod program;
mod simulated;

pub use calibration::calibration_error;
pub use duplicates::Duplicates;
pub use evaluation::Evaluation;
pub use load::{Loaded, data_dir, load};
pub use page::Page;
pub use program::{PageLang, end};
pub use simulated::Simulation;
