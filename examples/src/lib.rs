//! What the worked examples share: loading the real data of `examples/data`, and printing for people.

mod calibration;
mod duplicates;
mod load;
mod page;

pub use calibration::calibration_error;
pub use duplicates::Duplicates;
pub use load::{Loaded, data_dir, load};
pub use page::Page;
